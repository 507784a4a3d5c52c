/**
 * An amount of money in microcents: millionths of a cent, so that a single token of the cheapest model has a price and sums
 * are of integers. A safe integer holds 90 million dollars.
 */
export type Microcents = number

export const MICROCENTS_PER_DOLLAR = 100_000_000

/** What a price in dollars for a million tokens is for one token, in microcents. */
export const MICROCENTS_PER_TOKEN_AT_ONE_DOLLAR_PER_MILLION = MICROCENTS_PER_DOLLAR / 1_000_000

export function microcents(dollars: number): Microcents {
  return Math.round(dollars * MICROCENTS_PER_DOLLAR)
}

// Made once: making a formatter costs far more than using it.
const inCents = new Intl.NumberFormat('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 })
const small = new Intl.NumberFormat('en', { maximumSignificantDigits: 2, maximumFractionDigits: 8 })

/** An amount for people: as many digits as tell something, at least the cents; `unknown` for NULL. */
export function formatMoney(amount: Microcents | null): string {
  if (amount === null) return 'unknown'
  const dollars = amount / MICROCENTS_PER_DOLLAR
  if (amount === 0) return '$0'
  return `$${(dollars >= 0.0995 ? inCents : small).format(dollars)}`
}

/** An amount for programs, in dollars. */
export function toDollars(amount: Microcents): number
export function toDollars(amount: Microcents | null): number | null
export function toDollars(amount: Microcents | null): number | null {
  return amount === null ? null : amount / MICROCENTS_PER_DOLLAR
}
