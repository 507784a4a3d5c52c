import type { Price } from './cost.ts'

/** What the next request would hold without the message that is being written, and what it may. */
export interface ContextGauge {
  model: { provider: string; model: string }
  /** Tokens that fit the model. */
  contextWindow: number
  /** Tokens that the request may have. */
  budget: number
  /** As the model counts, by what it has reported so far; together the size of the request. */
  tokens: { prompt: number; instructions: number; summary: number; messages: number }
  /** Tokens that the answer may have. */
  maxOutputTokens: number
  /** For a token, in microcents (may be a fraction of one); NULL: not known. */
  price: Price | null
  /** For how many tokens one that is counted here stands. */
  tokenRatio: number
}
