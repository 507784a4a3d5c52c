import type { ImportEntry } from '#lib/chat/import-report.ts'
import { describeLeftOut, describeOutcome } from './describe-import.ts'

/** A conversation of a file: where it is now, or why it is not, and what of it did not come along. */
export function ImportEntryRow({ entry }: { entry: ImportEntry }) {
  const { outcome, title, messages, leftOut, conversationId } = entry
  const name = title || 'Without a title'
  const canOpen = conversationId !== null && outcome !== 'in_trash'
  const notes = [
    describeOutcome(outcome) ??
      `${messages.toLocaleString('en')} ${messages === 1 ? 'message' : 'messages'}.`,
    outcome === 'imported' ? describeLeftOut(leftOut) : null,
  ]
  return (
    <li className="py-2.5 text-sm">
      {canOpen ? (
        <a
          href={`/chat/${conversationId}`}
          dir="auto"
          className="block truncate underline decoration-line underline-offset-3 outline-offset-[-2px] hover:decoration-current"
        >
          {name}
        </a>
      ) : (
        <p className="truncate" dir="auto">
          {name}
        </p>
      )}
      <p className="text-pretty text-muted">{notes.filter((note) => note !== null).join(' ')}</p>
    </li>
  )
}
