import type { GenerationMaking } from '#lib/chat/generation-making.ts'
import { duration, timelineOf } from './describe-making.ts'
import { MakingSection } from './making-section.tsx'

/** What happened when, from the moment the answer was asked for. */
export function Timeline({ making }: { making: GenerationMaking }) {
  const startedAt = making.runs.find(({ id }) => id === making.run.id)?.startedAt
  return (
    <MakingSection title="Time line" {...(startedAt && { figure: moment(startedAt) })}>
      <ol className="text-sm">
        {timelineOf(making).map(({ atMs, what, note }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the entries of a run that has ended never change their places.
          <li key={index} className="flex gap-4 border-line border-b py-2.5 last:border-b-0">
            <span className="w-16 shrink-0 text-muted tabular-nums">{duration(atMs)}</span>
            <span className="min-w-0 wrap-anywhere">
              {what}
              {note && <span className="block text-muted">{note}</span>}
            </span>
          </li>
        ))}
      </ol>
    </MakingSection>
  )
}

function moment(iso: string): string {
  return new Date(iso).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'medium' })
}
