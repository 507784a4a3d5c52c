import { StaticMarkdown } from '#components/markdown/static-markdown.tsx'
import type { SharedMessage } from '#lib/chat/share.ts'

/** A message to be read, with nothing that can be done with it. */
export function SharedMessageView({ message: { persona, text, isUnfinished } }: { message: SharedMessage }) {
  if (persona === null) {
    return (
      <article
        aria-label="Question"
        dir="auto"
        className="reading mt-10 mb-6 whitespace-pre-wrap rounded-2xl bg-accent-soft px-5 py-3.5 wrap-anywhere first:mt-0"
      >
        {text}
      </article>
    )
  }
  return (
    <article aria-label={persona} className="mt-6 first:mt-0">
      <p aria-hidden className="mb-2 font-medium text-muted text-sm">
        {persona}
      </p>
      <div className="reading markdown">
        <StaticMarkdown text={text} />
      </div>
      {isUnfinished && <p className="mt-3 text-muted text-sm">The answer ends here, unfinished.</p>}
    </article>
  )
}
