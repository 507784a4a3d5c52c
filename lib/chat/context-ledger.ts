import type { CutEnds } from './render-context.ts'

/**
 * Why a message was not sent. `no_question`: an answer whose question lies before it in what is no longer sent; some
 * providers refuse a history that begins with an answer. `over_budget`: only in ledgers of before `overBudget` was there.
 */
export type LeftOutReason = 'failed' | 'empty' | 'no_question' | 'over_budget'

/** A text that a request was composed of, kept under its hash (lib/db/prompt-texts.ts). */
export interface LedgerText {
  hash: string
  tokens: number
}

/** What a person wrote for many conversations; `cutEnds` as of a message, when it did not fit a small model. */
export interface ToldText extends LedgerText {
  cutEnds?: CutEnds
}

export interface SentMessage {
  messageId: string
  tokens: number
  /** How long its text was then, in UTF-16 units: an answer that is continued later grows. */
  length: number
  /** Tokens of what was sent of it, when it was cut in the middle to fit. */
  cutTo?: number
  /** How much of its text that was, at its beginning and at its end, in UTF-16 units (`renderCut` in lib/chat/render-context.ts). */
  cutEnds?: CutEnds
}

/** All messages of a branch from one to the other, both included. */
export interface MessageRange {
  fromId: string
  throughId: string
  messages: number
  tokens: number
}

export interface SentSummary {
  id: string
  version: number
  throughMessageId: string
  /** Of its text with what frames it. */
  tokens: number
  /** How much of its text was sent, when it did not fit a small model: as of a message. */
  cutEnds?: CutEnds
}

/**
 * What one generation was sent and what it was not, kept with the generation: every message of its branch is sent, or
 * lies at or before the end of the summary or of the last clear, or is named as left out.
 * Tokens are as counted here; times `tokenRatio` they are what the model is expected to count.
 */
export interface ContextLedger {
  /** Tokens that the request was allowed, as the model counts. */
  budget: number
  prompt: LedgerText & { fragments: (LedgerText & { path: string })[] }
  /** What the person has told of themselves and how they want to be answered; NULL when they have not. */
  instructions: ToldText | null
  /** What they wrote for the folder that the conversation was in; missing when that was nothing. */
  folder?: ToldText
  summary: SentSummary | null
  /** The context starts afresh after this message: it and what came before are not sent. */
  clearedThroughId: string | null
  sent: SentMessage[]
  leftOut: { messageId: string; tokens: number; reason: LeftOutReason }[]
  /** The oldest messages that neither summary nor clear covers, when they did not fit. */
  overBudget: MessageRange | null
  /** Of the instruction to go on with a broken-off answer; missing when it was not one. */
  continuation?: LedgerText
  /** What counts were multiplied by, since this model reports more or fewer tokens than are counted here. */
  tokenRatio: number
  /** Of the whole request; times `tokenRatio` within `budget`, unless the prompt alone is larger. */
  totalTokens: number
}
