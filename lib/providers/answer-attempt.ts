import type { LanguageModelV4StreamPart, LanguageModelV4Usage } from '@ai-sdk/provider'
import { notingAdaptations } from './adapt-request.ts'
import { type AnswerEvent, type AnswerOutcome, type Usage, unknownUsage } from './answer-events.ts'
import { type CallContent, callOptions, type Sampling } from './call-options.ts'
import { beginCall, type ProviderCall } from './provider-call.ts'
import { ProviderFailure } from './provider-failure.ts'
import type { ChatModel } from './resolve-models.ts'
import { SilenceLimit } from './silence-limit.ts'

export interface AnswerRequest extends CallContent {
  signal: AbortSignal
  /** The text that the answer goes on with: for the demo model, which works by rule; sent to no provider. */
  continues?: string
  /** Where each call is noted from its sending on: a stop is obeyed before the call that it ends is over. */
  calls?: ProviderCall[]
  sampling?: Sampling
  /** Told what the model does not hold of how it was asked, before any text. */
  onUnheld?: (setting: string) => void
}

/** No answer is longer; a provider that does not end is cut off. In UTF-16 units. */
const MAX_ANSWER_LENGTH = 1_000_000

/**
 * Asks one model once, over the SDK's provider interface: of what `streamText` adds (tools, steps, several readers) nothing
 * is needed here, and its chain of streams took a third of all that a token cost (docs/decisions/0014).
 * Yields its text as it comes, then exactly one `end`; never throws.
 * An answer is complete only if the provider said so and there is text.
 */
export async function* attemptAnswer(
  model: ChatModel,
  request: AnswerRequest,
): AsyncGenerator<AnswerEvent, void> {
  const { signal } = request
  let usage = unknownUsage
  let outcome: AnswerOutcome | null = null
  let length = 0
  let hasText = false
  // What ends the call from this side, other than the caller's signal.
  const limit = new SilenceLimit(model.timeouts)
  const call = beginCall(model)
  request.calls?.push(call)
  try {
    const abortSignal = AbortSignal.any([signal, limit.signal])
    const parts = await notingAdaptations(call.adaptations, () => open(model, request, abortSignal))
    if (call.adaptations.includes('drop_temperature')) request.onUnheld?.('temperature')
    for await (const part of parts) {
      if (part.type === 'stream-start') {
        for (const warning of part.warnings)
          if (warning.type === 'unsupported') request.onUnheld?.(warning.feature)
      }
      if (part.type === 'text-delta' || part.type === 'reasoning-delta') limit.heard()
      if (part.type === 'text-delta' && part.delta !== '') {
        if (length + part.delta.length > MAX_ANSWER_LENGTH) {
          outcome = { status: 'truncated' }
          break
        }
        length += part.delta.length
        hasText ||= part.delta.trim() !== ''
        call.firstTokenAt ??= performance.now()
        yield { type: 'text', text: part.delta }
      } else if (part.type === 'error') {
        outcome ??= failed(part.error, hasText)
      } else if (part.type === 'finish') {
        usage = readUsage(part.usage)
        outcome ??= judgeFinish(part.finishReason.unified, hasText)
      }
    }
  } catch (error) {
    outcome ??= limit.signal.aborted ? timedOut(hasText, limit.signal.reason) : failed(error, hasText)
  } finally {
    limit.end()
  }
  if (signal.aborted) outcome = { status: 'aborted' }
  outcome ??= interrupted('interrupted', 'The stream ended without a finish')
  Object.assign(call, { outcome, usage, endedAt: performance.now() })
  yield { type: 'end', outcome, usage, model: model.label }
}

async function open(
  model: ChatModel,
  request: AnswerRequest,
  abortSignal: AbortSignal,
): Promise<ReadableStream<LanguageModelV4StreamPart>> {
  const { continues } = request
  const { stream } = await model.languageModel.doStream({
    ...callOptions(request, model),
    abortSignal,
    ...(continues && { providerOptions: { stoa: { purpose: 'continue', input: continues } } }),
  })
  return stream
}

function judgeFinish(reason: string, hasText: boolean): AnswerOutcome {
  if (reason === 'content-filter') return failedWith('content_filtered', reason)
  if (reason === 'error') return failedWith('provider_unavailable', reason)
  // No end was sent: of a page in HTML, say, there is not even text.
  if (reason === 'interrupted') {
    return hasText ? interrupted('interrupted', reason) : failedWith('invalid_response', reason)
  }
  if (!hasText) return failedWith('empty_answer', reason)
  if (reason === 'length') return { status: 'truncated' }
  // Words that the SDK does not know, such as a gateway's "abort", are no proper end.
  return reason === 'stop' ? { status: 'complete' } : interrupted('interrupted', reason)
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

/** The provider's counts as they are kept: what was not reported is unknown, not 0. */
function readUsage({ inputTokens, outputTokens }: LanguageModelV4Usage): Usage {
  return {
    inputTokens: inputTokens.total ?? null,
    outputTokens: outputTokens.total ?? null,
    cachedInputTokens: inputTokens.cacheRead ?? null,
    reasoningTokens: outputTokens.reasoning ?? null,
  }
}
