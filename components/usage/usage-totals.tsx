import {
  describeCost,
  describeDuration,
  describeTokens,
  describeUnknownCost,
  type UsageReport,
} from '#lib/chat/usage-report.ts'

/** What a period came to, at a glance. */
export function UsageTotals({ total }: Pick<UsageReport, 'total'>) {
  const { latencyP50, latencyP95, timeToFirstTokenP50, timeToFirstTokenP95 } = total
  return (
    <dl className="mb-12 grid grid-cols-2 gap-x-8 gap-y-6 md:grid-cols-4">
      <Figure label="Cost" value={describeCost(total)} note={describeUnknownCost(total)} />
      <Figure
        label="Tokens sent"
        value={describeTokens(total.inputTokens, total)}
        note={
          total.cachedInputTokens > 0
            ? `${total.cachedInputTokens.toLocaleString('en')} of them cached`
            : null
        }
      />
      <Figure label="Tokens received" value={describeTokens(total.outputTokens, total)} />
      <Figure
        label="Calls"
        value={total.calls.toLocaleString('en')}
        note={total.running > 0 ? `${total.running.toLocaleString('en')} running` : null}
      />
      <Figure label="First token, median" value={describeDuration(timeToFirstTokenP50)} />
      <Figure label="First token, 95th percentile" value={describeDuration(timeToFirstTokenP95)} />
      <Figure label="Whole answer, median" value={describeDuration(latencyP50)} />
      <Figure label="Whole answer, 95th percentile" value={describeDuration(latencyP95)} />
    </dl>
  )
}

function Figure({ label, value, note = null }: { label: string; value: string; note?: string | null }) {
  return (
    // Figures beside each other stand on one line, however long the words above them are.
    <div className="row-span-2 grid min-w-0 grid-rows-subgrid gap-y-0.5">
      <dt className="self-end text-muted text-sm">{label}</dt>
      <dd className="font-medium text-lg tabular-nums">
        {value}
        {note && <span className="block font-normal text-muted text-sm">{note}</span>}
      </dd>
    </div>
  )
}
