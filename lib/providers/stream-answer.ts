import { once } from 'node:events'
import { type AnswerRequest, attemptAnswer } from './answer-attempt.ts'
import type { AnswerEnd, AnswerEvent } from './answer-events.ts'
import { unknownUsage } from './answer-events.ts'
import { callPolicy } from './call-policy.ts'
import { ProviderFailure } from './provider-failure.ts'
import type { ChatModel } from './resolve-models.ts'

/** An answer that has begun: its first event, and the rest. */
interface OpenAnswer {
  first: AnswerEvent
  rest: AsyncGenerator<AnswerEvent, void>
}

/**
 * Asks for an answer: the first model, again where that helps, then the next one if another model could survive what
 * went wrong. All of it only until the first text: what a person has read is never begun anew.
 * Yields text as it comes, then exactly one `end`; never throws.
 *
 * @param models the one to ask, then the one to fall back to
 */
export async function* streamAnswer(
  models: [ChatModel, ...ChatModel[]],
  request: AnswerRequest,
): AsyncGenerator<AnswerEvent, void> {
  let end: AnswerEnd | undefined
  for (const model of models) {
    const opened = await open(model, request)
    if (!('failure' in opened)) {
      yield opened.first
      yield* opened.rest
      return
    }
    const { failure } = opened
    end = { type: 'end', outcome: { status: 'failed', failure }, usage: unknownUsage, model: model.label }
    const next = models[models.indexOf(model) + 1]
    // A model that adds nothing to an answer may well have found it whole: no other is paid to go on with it.
    if (request.continues && failure.code === 'empty_answer') break
    if (next && !failure.isSurvivable(next.label.provider !== model.label.provider)) break
  }
  if (end) yield end
}

/** Waits for the first text of an answer, or for its end when there is none. A stop is obeyed at once. */
async function open(
  model: ChatModel,
  request: AnswerRequest,
): Promise<OpenAnswer | { failure: ProviderFailure }> {
  const { provider, model: name } = model.label
  const aborted: OpenAnswer = {
    first: { type: 'end', outcome: { status: 'aborted' }, usage: unknownUsage, model: model.label },
    rest: nothing(),
  }
  if (request.signal.aborted) return aborted
  const over = new AbortController()
  try {
    return await Promise.race([
      callPolicy(provider, name).execute(() => openOnce(model, request), request.signal),
      // The pause between two tries does not listen.
      once(request.signal, 'abort', { signal: over.signal }).then(() => aborted),
    ])
  } catch (error) {
    return request.signal.aborted ? aborted : { failure: ProviderFailure.from(error) }
  } finally {
    over.abort()
  }
}

async function openOnce(model: ChatModel, request: AnswerRequest): Promise<OpenAnswer> {
  const rest = attemptAnswer(model, request)
  const { value: first } = await rest.next()
  if (!first) throw new Error('An attempt ends with an end')
  if (first.type === 'end' && 'failure' in first.outcome) throw first.outcome.failure
  return { first, rest }
}

async function* nothing(): AsyncGenerator<AnswerEvent, void> {}
