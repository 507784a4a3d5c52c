import type { ModelLabel } from '#lib/chat/types.ts'
import type { ProviderFailure } from './provider-failure.ts'

/** Tokens as the provider counted them; NULL for what it did not report. */
export interface Usage {
  inputTokens: number | null
  outputTokens: number | null
  cachedInputTokens: number | null
  reasoningTokens: number | null
}

export const unknownUsage: Usage = {
  inputTokens: null,
  outputTokens: null,
  cachedInputTokens: null,
  reasoningTokens: null,
}

/** How a provider ended an answer. `aborted`: the caller's signal ended it. */
export type AnswerOutcome =
  | { status: 'complete' | 'truncated' | 'aborted' }
  | { status: 'interrupted' | 'failed'; failure: ProviderFailure }

export interface AnswerEnd {
  type: 'end'
  outcome: AnswerOutcome
  usage: Usage
  /** The model that wrote it, or was asked last. */
  model: ModelLabel
}

export type AnswerEvent = { type: 'text'; text: string } | AnswerEnd
