import { TOKENS_PER_MESSAGE } from './context-budget.ts'
import type { ContextGauge } from './context-gauge.ts'
import { costOfCounted } from './cost.ts'
import type { Microcents } from './money.ts'

/** What an answer has when there is none to go by, in tokens. */
const USUAL_ANSWER_TOKENS = 400

/** By how many of the newest answers the next one is judged. */
const ANSWERS_TO_GO_BY = 5

/** What the next request will be, about: what is being typed is not counted but estimated. */
export interface NextRequest {
  tokens: number
  /** Of what is being typed, among them. */
  typedTokens: number
  /** Of the budget: 1 is full; more does not fit. */
  share: number
  answerTokens: number
  /** With the answer, and without what a provider's cache saves; NULL: the price is not known. */
  cost: Microcents | null
}

/**
 * What the next request will be when a message of this size is sent.
 *
 * @param typed what is typed so far, in tokens as they are counted here
 * @param answers tokens of the answers so far, oldest first
 */
export function estimateNext(gauge: ContextGauge, typed: number, answers: readonly number[]): NextRequest {
  const { prompt, instructions, summary, messages } = gauge.tokens
  const typedTokens = typed === 0 ? 0 : Math.ceil((typed + TOKENS_PER_MESSAGE) * gauge.tokenRatio)
  const tokens = prompt + instructions + summary + messages + typedTokens
  const share = tokens / gauge.budget
  const answerTokens = Math.min(usualAnswer(answers), gauge.maxOutputTokens)
  // What does not fit is not sent.
  const cost = costOfCounted(Math.min(tokens, gauge.budget), answerTokens, gauge.price)
  return { tokens, typedTokens, share, answerTokens, cost }
}

function usualAnswer(answers: readonly number[]): number {
  const recent = answers.slice(-ANSWERS_TO_GO_BY)
  if (recent.length === 0) return USUAL_ANSWER_TOKENS
  return Math.round(recent.reduce((sum, tokens) => sum + tokens, 0) / recent.length)
}
