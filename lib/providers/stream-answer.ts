import { type LanguageModelUsage, type ModelMessage, streamText } from 'ai'
import type { GenerationErrorCode } from '#lib/chat/generation-errors.ts'
import { classifyFailure } from './classify-failure.ts'
import type { ChatModel } from './resolve-models.ts'

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
  | { status: 'interrupted' | 'failed'; errorCode: GenerationErrorCode; cause: unknown }

export type AnswerEvent =
  | { type: 'text'; text: string }
  | { type: 'end'; outcome: AnswerOutcome; usage: Usage }

/** A model may think for long before its first word, but not for ever. */
const FIRST_CHUNK_TIMEOUT_MS = 120_000
const CHUNK_TIMEOUT_MS = 60_000
/** `firstChunkMs` does not run while the headers are missing (measured with ai 7.0.173), so the whole has a limit too. */
const TOTAL_TIMEOUT_MS = 15 * 60_000

/**
 * Asks a model for an answer. Yields its text as it comes, then exactly one `end`; never throws.
 * An answer is complete only if the provider said so and there is text.
 */
export async function* streamAnswer(request: {
  model: ChatModel
  instructions: string
  messages: ModelMessage[]
  signal: AbortSignal
}): AsyncGenerator<AnswerEvent, void> {
  const { model, signal } = request
  let usage = unknownUsage
  let outcome: AnswerOutcome | null = null
  let hasText = false
  try {
    const result = streamText({
      model: model.languageModel,
      instructions: request.instructions,
      messages: request.messages,
      maxOutputTokens: model.maxOutputTokens,
      ...(model.temperature !== undefined && { temperature: model.temperature }),
      abortSignal: signal,
      maxRetries: 0,
      timeout: { totalMs: TOTAL_TIMEOUT_MS, firstChunkMs: FIRST_CHUNK_TIMEOUT_MS, chunkMs: CHUNK_TIMEOUT_MS },
      // Errors are read from the stream; without this the SDK prints them, and they can hold the key.
      onError: () => undefined,
    })
    for await (const part of result.stream) {
      if (part.type === 'text-delta' && part.text !== '') {
        hasText ||= part.text.trim() !== ''
        yield { type: 'text', text: part.text }
      } else if (part.type === 'error') {
        outcome ??= failed(part.error, hasText)
      } else if (part.type === 'abort') {
        outcome ??= signal.aborted
          ? { status: 'aborted' }
          : failed(new DOMException(part.reason, 'TimeoutError'), hasText)
      } else if (part.type === 'finish') {
        usage = readUsage(part.totalUsage)
        outcome ??= judgeFinish(part.finishReason, hasText)
      }
    }
  } catch (error) {
    outcome ??= failed(error, hasText)
  }
  if (signal.aborted) outcome = { status: 'aborted' }
  yield {
    type: 'end',
    outcome: outcome ?? interrupted('The stream ended without a finish'),
    usage,
  }
}

function judgeFinish(reason: string, hasText: boolean): AnswerOutcome {
  if (reason === 'content-filter') return failedWith('content_filtered', reason)
  if (reason === 'error') return failedWith('provider_unavailable', reason)
  // No end was sent: of a page in HTML, say, there is not even text.
  if (reason === 'interrupted') return hasText ? interrupted(reason) : failedWith('invalid_response', reason)
  if (!hasText) return failedWith('empty_answer', reason)
  return { status: reason === 'length' ? 'truncated' : 'complete' }
}

/** What a provider leaves in mid-answer, because it broke off or fell silent, is something to continue from. */
function failed(error: unknown, hasText: boolean): AnswerOutcome {
  const errorCode = classifyFailure(error)
  return hasText && breaksOff.has(errorCode) ? interrupted(error) : failedWith(errorCode, error)
}

const breaksOff = new Set<GenerationErrorCode>(['provider_unreachable', 'provider_unavailable', 'timed_out'])

function interrupted(cause: unknown): AnswerOutcome {
  return { status: 'interrupted', errorCode: 'interrupted', cause }
}

function failedWith(errorCode: GenerationErrorCode, cause: unknown): AnswerOutcome {
  return { status: 'failed', errorCode, cause }
}

function readUsage(usage: LanguageModelUsage): Usage {
  return {
    inputTokens: usage.inputTokens ?? null,
    outputTokens: usage.outputTokens ?? null,
    cachedInputTokens: usage.inputTokenDetails.cacheReadTokens ?? null,
    reasoningTokens: usage.outputTokenDetails.reasoningTokens ?? null,
  }
}
