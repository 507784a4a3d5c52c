import { StaticMarkdown } from '#components/markdown/static-markdown.tsx'
import { formatDay } from '#lib/chat/format-day.ts'
import { PrintButton } from './print-button.tsx'
import './print.css'

interface PrintedMessage {
  id: string
  /** NULL: the person. */
  writer: string | null
  text: string
  isCleared: boolean
}

interface PrintedConversationProps {
  conversation: { id: string; title: string; createdAt: string; lastActivityAt: string }
  messages: PrintedMessage[]
}

/** A conversation as it stands on paper: light, without anything to press but the button that prints it. */
export function PrintedConversation({ conversation, messages }: PrintedConversationProps) {
  const { id, title, createdAt, lastActivityAt } = conversation
  const [begun, ended] = [formatDay(createdAt), formatDay(lastActivityAt)]
  return (
    <div className="printed min-h-dvh bg-background text-foreground">
      <main className="mx-auto max-w-[42rem] px-6 py-10">
        <PrintButton back={`/chat/${id}`} />
        <header className="mb-8 border-line border-b pb-5">
          <h1
            dir="auto"
            className="text-balance font-semibold text-[1.75rem] leading-tight tracking-tight wrap-anywhere"
          >
            {title}
          </h1>
          <p className="mt-2 text-muted text-sm">{begun === ended ? begun : `${begun} to ${ended}`}</p>
        </header>
        {messages.map(({ id: messageId, writer, text, isCleared }) => (
          <article
            key={messageId}
            aria-label={writer ?? 'You'}
            className={writer === null ? 'printed-question' : 'printed-answer'}
          >
            <h2 className="printed-writer">{writer ?? 'You'}</h2>
            <div className="markdown">
              {writer === null ? (
                <p dir="auto" className="whitespace-pre-wrap">
                  {text}
                </p>
              ) : (
                <StaticMarkdown text={text.trim() || '_Nothing was written._'} />
              )}
            </div>
            {isCleared && (
              <p className="mt-6 border-line border-t pt-2 text-muted text-sm">
                The context starts afresh here.
              </p>
            )}
          </article>
        ))}
      </main>
    </div>
  )
}
