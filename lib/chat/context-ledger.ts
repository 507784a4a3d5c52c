/** Why a message of the branch was not sent. */
export type LeftOutReason = 'over_budget' | 'failed' | 'empty'

/** A text that a request was composed of, kept under its hash (lib/db/prompt-texts.ts). */
export interface LedgerText {
  hash: string
  tokens: number
}

export interface SentMessage {
  messageId: string
  tokens: number
  /** How long its text was then, in UTF-16 units: an answer that is continued later grows. */
  length: number
  /** Tokens of what was sent of it, when it was cut in the middle to fit. */
  cutTo?: number
}

/**
 * What one generation was sent and what it was not, kept with the generation: every message of its branch is sent, or
 * lies at or before the end of the summary or of the last clear, or is named as left out.
 */
export interface ContextLedger {
  /** Tokens that the request was allowed. */
  budget: number
  prompt: LedgerText & { fragments: (LedgerText & { path: string })[] }
  /** What the person has told of themselves and how they want to be answered; NULL when they have not. */
  instructions: LedgerText | null
  summary: { id: string; version: number; throughMessageId: string; tokens: number } | null
  /** The context starts afresh after this message: it and what came before are not sent. */
  clearedThroughId: string | null
  sent: SentMessage[]
  leftOut: { messageId: string; tokens: number; reason: LeftOutReason }[]
  /** The oldest messages, when they did not fit: all from one to the other. */
  overBudget: { fromId: string; throughId: string; messages: number; tokens: number } | null
  /** Of the instruction to go on with a broken-off answer; missing when it was not one. */
  continuation?: LedgerText
  /** What counts were multiplied by, since this model reports more or fewer tokens than are counted here. */
  tokenRatio: number
  /** Of the whole request, as counted before the call. */
  totalTokens: number
}
