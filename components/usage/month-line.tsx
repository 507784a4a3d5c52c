import { formatMoney } from '#lib/chat/money.ts'
import { describeReset, type MonthSpending } from '#lib/chat/month-spending.ts'

/** How much of the month's budget is used; nothing where there is none. */
export function MonthLine({ spent, budget, resetsAt }: MonthSpending) {
  if (budget === null) return null
  return (
    <div className="mb-10 max-w-(--column)">
      <p className="mb-2 text-sm">
        This month you have used {formatMoney(spent)} of {formatMoney(budget)}.{' '}
        <span className="text-muted">The next one begins on {describeReset(resetsAt)} (UTC).</span>
      </p>
      <div aria-hidden className="h-1.5 overflow-hidden rounded-full bg-hover">
        <div
          className={`h-full ${spent >= budget ? 'bg-danger' : 'bg-accent'}`}
          style={{ width: `${budget === 0 ? 100 : Math.min(100, (spent / budget) * 100)}%` }}
        />
      </div>
    </div>
  )
}
