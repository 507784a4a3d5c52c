import { formatMoney, type Microcents } from './money.ts'

/** How many days a report can be of. */
export const usagePeriods = [7, 30, 90] as const

export type UsagePeriod = (typeof usagePeriods)[number]

/** The period that an address asks for; 30 days when it asks for none that there is. */
export function usagePeriodFrom(value: unknown): UsagePeriod {
  return usagePeriods.find((days) => String(days) === value) ?? 30
}

/** Sums over calls of providers. What is not known is not in a sum, but counted. */
export interface UsageSums {
  /** Those that run included. */
  calls: number
  running: number
  inputTokens: number
  cachedInputTokens: number
  outputTokens: number
  callsWithoutTokens: number
  cost: Microcents
  callsWithoutCost: number
}

/** How long answers took, in ms; NULL when none was measured. */
export interface UsageTimes {
  latencyP50: number | null
  latencyP95: number | null
  timeToFirstTokenP50: number | null
  timeToFirstTokenP95: number | null
}

export type UsageDay = UsageSums & { day: string }
export type UsageByModel = UsageSums & UsageTimes & { provider: string; model: string }
export type UsageByPersona = UsageSums & { persona: string | null }
export type UsageByKind = UsageSums & { kind: 'answer' | 'title' | 'summary' }
/** `id` and `title` are NULL for all those together that are deleted, or were only made to try a persona. */
export type UsageByConversation = UsageSums & { id: string | null; title: string | null }

export interface UsageReport {
  total: UsageSums & UsageTimes
  /** Each day of the period, oldest first. */
  byDay: UsageDay[]
  byModel: UsageByModel[]
  byPersona: UsageByPersona[]
  byKind: UsageByKind[]
  /** Those that took most. */
  byConversation: UsageByConversation[]
  /** How many conversations there are beside those. */
  otherConversations: number
  failures: { code: string; calls: number }[]
}

export const NO_USAGE: UsageSums = {
  ...{ calls: 0, running: 0, inputTokens: 0, cachedInputTokens: 0, outputTokens: 0 },
  ...{ callsWithoutTokens: 0, cost: 0, callsWithoutCost: 0 },
}

/** What calls cost, in words: what is unknown is said to be so, and is never nothing. */
export function describeCost({ calls, running, cost, callsWithoutCost }: UsageSums): string {
  if (callsWithoutCost === 0) return calls > 0 && calls === running ? 'not known yet' : formatMoney(cost)
  return callsWithoutCost + running >= calls || cost === 0
    ? formatMoney(null)
    : `at least ${formatMoney(cost)}`
}

/** What of the cost is not known; NULL when all of it is. */
export function describeUnknownCost({ callsWithoutCost }: UsageSums): string | null {
  if (callsWithoutCost === 0) return null
  return callsWithoutCost === 1
    ? '1 call of unknown price'
    : `${callsWithoutCost.toLocaleString('en')} calls of unknown price`
}

/** Tokens of calls in words: those that were not reported are not none. */
export function describeTokens(tokens: number, { calls, running, callsWithoutTokens }: UsageSums): string {
  if (callsWithoutTokens > 0 && callsWithoutTokens + running >= calls) return 'unknown'
  return `${callsWithoutTokens > 0 ? 'at least ' : ''}${tokens.toLocaleString('en')}`
}

const seconds = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })
const shortSeconds = new Intl.NumberFormat('en', { maximumFractionDigits: 1 })

/** A time of a provider for people. */
export function describeDuration(ms: number | null): string {
  if (ms === null) return 'not measured'
  if (ms < 1000) return `${Math.round(ms)} ms`
  return `${(ms < 10_000 ? shortSeconds : seconds).format(ms / 1000)} s`
}
