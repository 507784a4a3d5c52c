import { type AuditEntry, auditActions } from '#lib/chat/audit.ts'
import { formatTime } from './format-time.ts'

/** What was done, newest first: who, what, to whom, when and from where. */
export function AuditList({ entries, timeZone }: { entries: AuditEntry[]; timeZone: string }) {
  if (entries.length === 0) return <p className="text-muted">Nothing of this kind has been done yet.</p>
  return (
    <ol className="border-line border-t">
      {entries.map(({ id, at, actor, action, subject, address }) => (
        <li
          key={id}
          className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-0.5 border-line border-b py-3 text-sm"
        >
          <p className="min-w-0 flex-1 basis-80 wrap-anywhere">
            <span className="font-medium">{actor ?? 'Somebody'}</span> {auditActions[action]}
            {subject && <span className="font-medium"> {subject}</span>}
          </p>
          <p className="text-muted tabular-nums">
            <time dateTime={at}>{formatTime(at, timeZone)}</time>
            {address && `, from ${address}`}
          </p>
        </li>
      ))}
    </ol>
  )
}
