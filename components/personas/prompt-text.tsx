import { CopyButton } from '#components/ui/copy-button.tsx'

const textClass = 'whitespace-pre-wrap font-mono text-[0.8125rem] leading-5 [overflow-wrap:anywhere]'

/** The text that a model is sent, as it is. */
export function ComposedText({ text }: { text: string }) {
  return <pre className={`${textClass} rounded-xl border border-line px-4 py-3`}>{text}</pre>
}

interface FragmentText {
  path: string
  tokens: number
  /** NULL: it is not kept. */
  text: string | null
}

/** The same text in its pieces, each under its file. */
export function FragmentTexts({ fragments }: { fragments: readonly FragmentText[] }) {
  return (
    <ol className="overflow-hidden rounded-xl border border-line">
      {fragments.map(({ path, text, tokens }) => (
        <li key={path} className="border-line border-b last:border-b-0">
          <div className="flex min-h-11 items-center gap-3 bg-surface py-1 pr-2 pl-4 text-sm">
            <h3 className="min-w-0 flex-1 break-all">
              <code className="font-mono text-[0.92em]">{path}</code>
            </h3>
            <span className="shrink-0 text-muted tabular-nums">{tokens.toLocaleString('en')}</span>
            {text !== null && <CopyButton text={text} label={`Copy ${path}`} />}
          </div>
          {text === null ? (
            <p className="px-4 py-3 text-muted text-sm">Its text is not kept.</p>
          ) : (
            <pre className={`${textClass} px-4 py-3`}>{text}</pre>
          )}
        </li>
      ))}
    </ol>
  )
}
