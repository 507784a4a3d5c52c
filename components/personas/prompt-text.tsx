import { CopyButton } from '#components/ui/copy-button.tsx'
import type { PersonaStack } from '#lib/chat/persona-stack.ts'

const textClass = 'whitespace-pre-wrap font-mono text-[0.8125rem] leading-5 [overflow-wrap:anywhere]'

/** The text that a model is sent, as it is. */
export function ComposedText({ text }: { text: string }) {
  return <pre className={`${textClass} rounded-xl border border-line px-4 py-3`}>{text}</pre>
}

/** The same text in its pieces, each under its file. */
export function FragmentTexts({ fragments }: Pick<PersonaStack, 'fragments'>) {
  return (
    <ol className="overflow-hidden rounded-xl border border-line">
      {fragments.map(({ path, text, tokens }) => (
        <li key={path} className="border-line border-b last:border-b-0">
          <div className="flex min-h-11 items-center gap-3 bg-surface py-1 pr-2 pl-4 text-sm">
            <h3 className="min-w-0 flex-1 break-all">
              <code className="font-mono text-[0.92em]">{path}</code>
            </h3>
            <span className="shrink-0 text-muted tabular-nums">{tokens.toLocaleString('en')}</span>
            <CopyButton text={text} label={`Copy ${path}`} />
          </div>
          <pre className={`${textClass} px-4 py-3`}>{text}</pre>
        </li>
      ))}
    </ol>
  )
}
