import type { Microcents } from './money.ts'

/** What a conversation has come to. Tokens and cost are of every call for it, titles and summaries included. */
export interface ConversationStats {
  createdAt: string
  /** On the branch that is shown. */
  messages: number
  /** On other branches: versions that are not shown, and what follows them. */
  otherMessages: number
  /** Of the branch that is shown, after the last place where its context starts afresh. */
  messagesSinceClear: number | null
  /** The version of the summary that holds on it. */
  summaryVersion: number | null
  calls: number
  inputTokens: number
  cachedInputTokens: number
  outputTokens: number
  /** Calls of which the provider did not report the tokens; they are not in the sums. */
  callsWithoutTokens: number
  /** Of the calls whose cost is known. */
  cost: Microcents
  /** Calls that ended and whose cost is not known. */
  callsWithoutCost: number
}
