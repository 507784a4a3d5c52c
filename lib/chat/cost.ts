import { MICROCENTS_PER_TOKEN_AT_ONE_DOLLAR_PER_MILLION, type Microcents } from './money.ts'

/** What a model costs for a token, in microcents; may be a fraction of one. */
export interface Price {
  input: number
  /** Of input that the provider had in its prompt cache. */
  cachedInput: number
  /** Reasoning is output. */
  output: number
}

/** Prices as providers give them, in dollars for a million tokens. */
export interface PricePerMillion {
  input: number
  cachedInput: number
  output: number
}

export const FREE: Price = { input: 0, cachedInput: 0, output: 0 }

export function pricePerToken({ input, cachedInput, output }: PricePerMillion): Price {
  const perToken = (dollars: number) => dollars * MICROCENTS_PER_TOKEN_AT_ONE_DOLLAR_PER_MILLION
  return { input: perToken(input), cachedInput: perToken(cachedInput), output: perToken(output) }
}

/** Tokens as a provider reports them; NULL for what it did not. Cached ones are among the input, reasoning among the output. */
interface ReportedTokens {
  inputTokens: number | null
  outputTokens: number | null
  cachedInputTokens: number | null
}

/** What a call cost. NULL when the price or the tokens are not known; what is free costs nothing however long it is. */
export function costOf(usage: ReportedTokens, price: Price | null): Microcents | null {
  if (price === null) return null
  if (isFree(price)) return 0
  const { inputTokens, outputTokens } = usage
  if (inputTokens === null || outputTokens === null) return null
  const cached = Math.min(usage.cachedInputTokens ?? 0, inputTokens)
  return Math.round(
    (inputTokens - cached) * price.input + cached * price.cachedInput + outputTokens * price.output,
  )
}

/**
 * What tokens that were counted here cost without any cache: the upper bound of a call, when `outputTokens` is its output
 * limit, and the estimate of one that reported nothing. NULL when the price is not known.
 */
export function costOfCounted(
  inputTokens: number,
  outputTokens: number,
  price: Price | null,
): Microcents | null {
  return price && Math.ceil(inputTokens * price.input + outputTokens * price.output)
}

/** A sum of which a part is not known is not known. */
export function sumOfCosts(costs: (Microcents | null)[]): Microcents | null {
  return costs.reduce<Microcents | null>(
    (sum, cost) => (sum === null || cost === null ? null : sum + cost),
    0,
  )
}

function isFree({ input, cachedInput, output }: Price): boolean {
  return input === 0 && cachedInput === 0 && output === 0
}
