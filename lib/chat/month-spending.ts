import { formatMoney, type Microcents } from './money.ts'

/** What a person has spent since the month began (UTC), with what running answers hold, and what they may. */
export interface MonthSpending {
  spent: Microcents
  /** NULL: no limit. */
  budget: Microcents | null
  /** When the next month begins. */
  resetsAt: string
}

/** From so much of a budget on, a person is told. */
const WARN_FROM = 0.8

/** The share of the budget that is used, in whole percent, from 80 on; NULL below that, and without a budget. */
export function percentToWarnOf({ spent, budget }: MonthSpending): number | null {
  if (budget === null) return null
  if (spent >= budget) return 100
  return spent >= budget * WARN_FROM ? Math.floor((spent / budget) * 100) : null
}

/** Why no more answers may be asked for, and what can be done. */
export function describeExhausted({ spent, budget, resetsAt }: MonthSpending): string {
  const limit = formatMoney(budget)
  const used = `You have used ${formatMoney(spent)} of the ${limit} that you may spend in a month`
  const why =
    budget !== null && spent < budget ? `${used}, and this answer could cost more than is left` : used
  return `${why}. The next month begins on ${describeReset(resetsAt)}; an administrator can raise the limit before that.`
}

/** Months begin by UTC, wherever the person is. */
export function describeReset(resetsAt: string): string {
  return new Date(resetsAt).toLocaleDateString('en-GB', { day: 'numeric', month: 'long', timeZone: 'UTC' })
}
