import { type LanguageModelUsage, type ModelMessage, streamText } from 'ai'
import { type AnswerEvent, type AnswerOutcome, type Usage, unknownUsage } from './answer-events.ts'
import { ProviderFailure } from './provider-failure.ts'
import type { ChatModel } from './resolve-models.ts'

export interface AnswerRequest {
  instructions: string
  messages: ModelMessage[]
  signal: AbortSignal
  /** The text that the answer goes on with: for the demo model, which works by rule; sent to no provider. */
  continues?: string
}

/** No answer is longer; a provider that does not end is cut off. In UTF-16 units. */
const MAX_ANSWER_LENGTH = 1_000_000

/**
 * Asks one model once. Yields its text as it comes, then exactly one `end`; never throws.
 * An answer is complete only if the provider said so and there is text.
 */
export async function* attemptAnswer(
  model: ChatModel,
  { instructions, messages, signal, continues }: AnswerRequest,
): AsyncGenerator<AnswerEvent, void> {
  let usage = unknownUsage
  let outcome: AnswerOutcome | null = null
  let length = 0
  let hasText = false
  // What ends the call from this side, other than the caller's signal.
  const limit = new AbortController()
  // The SDK's own limit for the first token does not run before the provider's first event (measured with ai 7.0.173).
  const firstToken = setTimeout(() => limit.abort('no first token'), model.timeouts.firstTokenMs)
  // And its limit for the whole cannot be taken back: it would keep the request for as long, long after its end.
  const whole = setTimeout(() => limit.abort('too long in all'), model.timeouts.totalMs)
  try {
    const result = streamText({
      model: model.languageModel,
      instructions,
      messages,
      maxOutputTokens: model.maxOutputTokens,
      ...(model.temperature !== undefined && { temperature: model.temperature }),
      abortSignal: AbortSignal.any([signal, limit.signal]),
      maxRetries: 0,
      ...(continues && { providerOptions: { stoa: { purpose: 'continue', input: continues } } }),
      timeout: { chunkMs: model.timeouts.stallMs },
      // Errors are read from the stream; without this the SDK prints them, and they can hold the key.
      onError: () => undefined,
    })
    for await (const part of result.stream) {
      if (part.type === 'text-delta' || part.type === 'reasoning-delta') clearTimeout(firstToken)
      if (part.type === 'text-delta' && part.text !== '') {
        if (length + part.text.length > MAX_ANSWER_LENGTH) {
          outcome = { status: 'truncated' }
          limit.abort('too long')
          break
        }
        length += part.text.length
        hasText ||= part.text.trim() !== ''
        yield { type: 'text', text: part.text }
      } else if (part.type === 'error') {
        outcome ??= failed(part.error, hasText)
      } else if (part.type === 'abort') {
        outcome ??= signal.aborted ? { status: 'aborted' } : timedOut(hasText, part.reason)
      } else if (part.type === 'finish') {
        usage = readUsage(part.totalUsage)
        outcome ??= judgeFinish(part.finishReason, hasText)
      }
    }
  } catch (error) {
    outcome ??= failed(error, hasText)
  } finally {
    clearTimeout(firstToken)
    clearTimeout(whole)
  }
  if (signal.aborted) outcome = { status: 'aborted' }
  outcome ??= interrupted('interrupted', 'The stream ended without a finish')
  yield { type: 'end', outcome, usage, model: model.label }
}

function judgeFinish(reason: string, hasText: boolean): AnswerOutcome {
  if (reason === 'content-filter') return failedWith('content_filtered', reason)
  if (reason === 'error') return failedWith('provider_unavailable', reason)
  // No end was sent: of a page in HTML, say, there is not even text.
  if (reason === 'interrupted') {
    return hasText ? interrupted('interrupted', reason) : failedWith('invalid_response', reason)
  }
  if (!hasText) return failedWith('empty_answer', reason)
  return { status: reason === 'length' ? 'truncated' : 'complete' }
}

/** A connection that broke or fell silent in mid-answer leaves something to continue from. */
function failed(error: unknown, hasText: boolean): AnswerOutcome {
  const failure = ProviderFailure.from(error)
  if (failure.code === 'timed_out') return timedOut(hasText, error)
  if (hasText && breaksOff.has(failure.code)) return interrupted('interrupted', error)
  return { status: 'failed', failure }
}

const breaksOff = new Set<ProviderFailure['code']>(['provider_unreachable', 'provider_unavailable'])

function timedOut(hasText: boolean, cause: unknown): AnswerOutcome {
  return hasText ? interrupted('timed_out', cause) : failedWith('timed_out', cause)
}

function interrupted(code: 'interrupted' | 'timed_out', cause: unknown): AnswerOutcome {
  return { status: 'interrupted', failure: new ProviderFailure(code, cause) }
}

function failedWith(code: ProviderFailure['code'], cause: unknown): AnswerOutcome {
  return { status: 'failed', failure: new ProviderFailure(code, cause) }
}

function readUsage(usage: LanguageModelUsage): Usage {
  return {
    inputTokens: usage.inputTokens ?? null,
    outputTokens: usage.outputTokens ?? null,
    cachedInputTokens: usage.inputTokenDetails.cacheReadTokens ?? null,
    reasoningTokens: usage.outputTokenDetails.reasoningTokens ?? null,
  }
}
