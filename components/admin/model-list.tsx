import { explainGenerationError } from '#lib/chat/generation-errors.ts'
import type { ModelHealth } from '#lib/chat/operations.ts'
import { describeDuration } from '#lib/chat/usage-report.ts'
import { formatTime } from './format-time.ts'

const stateLabels: Record<ModelHealth['state'], string> = {
  asked: 'In use',
  left_alone: 'Left alone: it failed five times in a row',
  on_trial: 'On trial after failing',
}

/** How the models have done in the last 24 hours. */
export function ModelList({ models, timeZone }: { models: ModelHealth[]; timeZone: string }) {
  return (
    <ul className="-my-3 divide-y divide-line">
      {models.map(({ provider, model, part, state, ...calls }) => (
        <li key={`${provider}:${model}`} className="flex flex-col gap-0.5 py-3 text-sm">
          <div className="flex flex-wrap items-baseline justify-between gap-x-4">
            <p className="font-medium wrap-anywhere">
              {model} <span className="font-normal text-muted">{provider}</span>
            </p>
            <p className={state === 'asked' ? 'text-muted' : 'text-danger'}>{stateLabels[state]}</p>
          </div>
          {part && <p className="text-muted">{part}</p>}
          <p className="text-muted tabular-nums">{describeCalls(calls)}</p>
          {calls.lastFailure && calls.lastFailureAt && (
            <p className="text-pretty">
              Last failure, {formatTime(calls.lastFailureAt, timeZone)}:{' '}
              {explainGenerationError(calls.lastFailure).title}.
            </p>
          )}
        </li>
      ))}
    </ul>
  )
}

function describeCalls({
  calls,
  failed,
  medianFirstTokenMs,
}: Pick<ModelHealth, 'calls' | 'failed' | 'medianFirstTokenMs'>) {
  if (calls === 0) return 'Not called in the last 24 hours'
  const begun =
    medianFirstTokenMs === null ? '' : `, first word after ${describeDuration(medianFirstTokenMs)}`
  return `${calls} ${calls === 1 ? 'call' : 'calls'}, ${failed === 0 ? 'none' : failed} failed${begun}`
}
