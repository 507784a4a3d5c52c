import type { GenerationMaking } from '#lib/chat/generation-making.ts'
import { describeNotSent, explainLeftOut } from './describe-making.ts'
import { roleName } from './made-messages.tsx'
import { MakingSection } from './making-section.tsx'

/** What stands before the answer and was not sent, and why; nothing when all of it was. */
export function NotSent({ making }: { making: GenerationMaking }) {
  const { leftOut } = making
  const ranges = describeNotSent(making)
  if (leftOut.length === 0 && ranges.length === 0) return null
  return (
    <MakingSection title="What was not sent">
      {ranges.map((sentence) => (
        <p key={sentence} className="border-line border-b py-2.5 text-sm last:border-b-0">
          {sentence}
        </p>
      ))}
      <ul>
        {leftOut.map(({ id, role, beginning, reason }) => (
          <li key={id} className="border-line border-b py-2.5 text-sm last:border-b-0">
            <span className="flex gap-2.5">
              <span className="w-16 shrink-0 text-muted">{roleName(role)}</span>
              <span className="min-w-0 truncate">{beginning || 'No text'}</span>
            </span>
            <span className="block pl-18.5 text-muted">{explainLeftOut(reason)}</span>
          </li>
        ))}
      </ul>
    </MakingSection>
  )
}
