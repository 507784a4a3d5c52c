import { BrandMark } from '#components/ui/brand-mark.tsx'
import { formatDay } from '#lib/chat/format-day.ts'
import type { SharedCopy } from '#lib/chat/share.ts'
import { SharedMessageView } from './shared-message-view.tsx'

/** A shared copy, to be read by anybody: no part of it leads back to whose it is. */
export function SharedPage({ copy }: { copy: SharedCopy }) {
  const { title, sharedBy, copiedAt, expiresAt, messages } = copy
  return (
    <div className="mx-auto flex min-h-dvh w-full max-w-(--column) flex-col px-5 pt-[max(2.5rem,6dvh)] pb-10 [--column:37.5rem] sm:px-6">
      <header className="border-line border-b pb-8">
        <p className="flex items-center gap-2 text-muted text-sm">
          <BrandMark size={16} />
          {sharedBy === null ? 'Shared from Stoa' : <span dir="auto">Shared by {sharedBy}</span>}
        </p>
        <h1
          dir="auto"
          className="mt-5 text-balance font-semibold text-2xl tracking-tight wrap-anywhere sm:text-[2rem] sm:leading-[1.15]"
        >
          {title}
        </h1>
        <p className="mt-3 text-muted text-sm">
          This is a copy as of <time dateTime={copiedAt}>{formatDay(copiedAt)}</time>.
          {expiresAt !== null && (
            <>
              {' '}
              It can be read until <time dateTime={expiresAt}>{formatDay(expiresAt)}</time>.
            </>
          )}
        </p>
      </header>
      <main className="flex-1 py-8">
        {messages.map((message, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a copy does not change.
          <SharedMessageView key={index} message={message} />
        ))}
      </main>
      <footer className="text-pretty border-line border-t pt-6 text-muted text-sm">
        The answers were written by an AI model, and may be wrong.
      </footer>
    </div>
  )
}
