import { useChatClient } from '#components/chat/chat-context.tsx'
import { intensityLabels } from '#components/personas/intensity-labels.ts'
import { ButtonSwitch } from '#components/ui/button-switch.tsx'
import type { GenerationMaking } from '#lib/chat/generation-making.ts'
import { writerLabel } from '#lib/chat/import-sources.ts'
import { describeState } from './describe-making.ts'
import { MadeParts } from './made-parts.tsx'
import { MadeRequest } from './made-request.tsx'
import { MakingFacts } from './making-facts.tsx'
import { NotSent } from './not-sent.tsx'
import { Timeline } from './timeline.tsx'

interface MakingContentProps {
  making: GenerationMaking
  onRun(generationId: string): void
  /** Shows the conversation's summary in the place of this. */
  onSummary(): void
}

/** How one run of an answer was made, from what it was sent to what it cost. */
export function MakingContent({ making, onRun, onSummary }: MakingContentProps) {
  const client = useChatClient()
  const { run, runs, state } = making
  const note = describeState(making)
  return (
    <>
      <p className="text-sm">
        <span className="font-medium">{writerLabel(run, (id) => client.personaLabel(id))}</span>
        <span className="text-muted">
          {state !== 'imported' && `, ${intensityLabels[run.intensity].label.toLowerCase()} intensity`} ·{' '}
          {run.provider === 'demo' ? 'Demo, not an AI model' : run.model}
        </span>
      </p>
      {runs.length > 1 && (
        <div className="mt-3 flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
          <span className="text-muted">Written in {runs.length} runs</span>
          <ButtonSwitch
            label="Run"
            value={run.id}
            options={runs.map(({ id }, index) => ({ value: id, label: `Run ${index + 1}` }))}
            onChange={onRun}
          />
        </div>
      )}
      {note && (
        <p role="status" className="mt-3 rounded-lg bg-surface px-3 py-2.5 text-sm">
          {note}
        </p>
      )}
      {state !== 'imported' && <MadeParts making={making} onSummary={onSummary} />}
      {state !== 'imported' && <NotSent making={making} />}
      {making.calls.length > 0 && <Timeline making={making} />}
      {state !== 'nothing' && state !== 'running' && <MakingFacts making={making} />}
      {making.calls.length > 0 && <MadeRequest making={making} />}
    </>
  )
}
