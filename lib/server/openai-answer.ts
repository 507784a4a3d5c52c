import type { CompletionUsage, FinishReason } from '#lib/api/chat-completion.ts'
import type { GenerationView } from '#lib/chat/types.ts'
import { FailedCompletion } from './answer-openai.ts'
import type { AnswerStream } from './answer-stream.ts'

/** An answer on its way to a client of OpenAI's. */
export interface OpenAiAnswer {
  id: string
  /** As the client named it. */
  model: string
  answer: AnswerStream
  /** Whether it stands in a conversation. */
  isKept: boolean
  userId: string
  /** The token that asked; NULL: a browser's session. */
  tokenId: string | null
  /** Refuses an answer that was not let go on. */
  check(): void
  /** Nobody reads it any more. */
  abandon(): void
}

/**
 * How an answer ended.
 *
 * @throws FailedCompletion, and what `check` throws
 */
export function finishOf({ check, isKept }: OpenAiAnswer, ended: GenerationView): FinishReason {
  check()
  if (ended.status === 'failed' || ended.status === 'interrupted') throw new FailedCompletion(ended, isKept)
  return ended.status === 'truncated' ? 'length' : 'stop'
}

/** NULL when the provider did not tell: a number that is none would be taken for one. */
export function usageOf({ inputTokens, outputTokens }: GenerationView): CompletionUsage | null {
  if (inputTokens === null || outputTokens === null) return null
  return {
    ...{ prompt_tokens: inputTokens, completion_tokens: outputTokens },
    total_tokens: inputTokens + outputTokens,
  }
}

/** In seconds since 1970. */
export function createdNow(): number {
  return Math.floor(Date.now() / 1000)
}
