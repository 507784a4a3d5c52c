import type { ContextLedger } from './context-ledger.ts'

/**
 * What a provider adds to each message for its role and separators, in tokens.
 * Source: OpenAI cookbook, "How to count tokens with tiktoken" (3 per message and the role's own).
 */
export const TOKENS_PER_MESSAGE = 4

/** The share of the window kept free for what a count cannot know: a provider's own additions. */
const MARGIN = 0.05

/** Tokens that a request may have, so that an answer of `maxOutputTokens` still fits the model's window. */
export function contextBudget(contextWindow: number, maxOutputTokens: number): number {
  return Math.floor(contextWindow * (1 - MARGIN)) - maxOutputTokens
}

/** Half of what was sent: for a provider whose window proved smaller than was thought. */
export function halveBudget({ budget, totalTokens, tokenRatio }: ContextLedger): number {
  return Math.floor(Math.min(budget, totalTokens * tokenRatio) / 2)
}

/** A budget in tokens as they are counted here, for a model that counts `tokenRatio` times as many. */
export function countedBudget(budget: number, tokenRatio: number): number {
  return Math.floor(budget / tokenRatio)
}

/**
 * The most that one message may take of a budget; a longer one is cut in the middle. A share of the budget and nothing
 * else, so that a message is cut alike when it is asked and in every later request, and a prompt cache goes on knowing it.
 */
export function messageLimit(budget: number): number {
  return Math.floor(budget / 2)
}

/** What nothing is cut below, in tokens: less would not be worth sending. */
export const PART_MINIMUM = 128

/** What there is to be sent, in tokens; 0: there is none of it. */
export interface PartSizes {
  /** What is never cut: the prompt, and what a continuation is told. */
  fixed: number
  instructions: number
  folder: number
  summary: number
  /** How many messages are sent in any case: the question, or a question with the answer to go on with. */
  pinned: number
}

export interface PartLimits {
  instructions: number
  folder: number
  summary: number
}

/**
 * How much the instructions, the person's and the folder's, and the summary may take of a budget: as much as they have,
 * unless that would leave too little for what is to be answered. Of what is left beside the smallest request, a quarter,
 * which both instructions share, and a half.
 */
export function limitParts(budget: number, sizes: PartSizes): PartLimits {
  const { fixed, instructions, folder, summary, pinned } = sizes
  const smallest =
    Math.min(instructions, PART_MINIMUM) +
    Math.min(folder, PART_MINIMUM) +
    Math.min(summary, PART_MINIMUM) +
    pinned * (PART_MINIMUM + TOKENS_PER_MESSAGE)
  const left = Math.max(0, budget - fixed - smallest)
  const told = PART_MINIMUM + Math.floor(left / (instructions > 0 && folder > 0 ? 8 : 4))
  return {
    instructions: told,
    folder: told,
    summary: PART_MINIMUM + Math.floor(left / 2),
  }
}
