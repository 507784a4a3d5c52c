import { setTimeout as wait } from 'node:timers/promises'
import type { Context } from '#lib/chat/build-context.ts'
import { createTextCleaner } from '#lib/chat/clean-text.ts'
import { countTokens } from '#lib/chat/count-tokens.ts'
import type { GenerationView } from '#lib/chat/types.ts'
import { finishGeneration, type GenerationEnd, readTurn, type StoredTurn } from '#lib/db/generations.ts'
import { log } from '#lib/log.ts'
import type { ChatModel } from '#lib/providers/resolve-models.ts'
import { type AnswerOutcome, streamAnswer, type Usage, unknownUsage } from '#lib/providers/stream-answer.ts'
import { AnswerStream } from './answer-stream.ts'
import { announceChange } from './conversation-events.ts'
import { type AbortReason, type RunningGeneration, runningGenerations } from './running-generations.ts'
import { ensureProgressIsStored } from './store-progress.ts'

/** How long an end that cannot be stored is tried again, while the database is away. */
const STORE_END_FOR_MS = 60_000
const STORE_END_PAUSE_MS = 500

/**
 * Runs a generation that is stored as `streaming`, to its stored end, whatever becomes of the request that asked.
 * Returns at once; the answer is followed through `answer`.
 */
export function runGeneration(input: {
  userId: string
  turn: StoredTurn
  model: ChatModel
  context: Context
}): RunningGeneration {
  const { turn } = input
  const controller = new AbortController()
  const answer = new AnswerStream()
  const generation: RunningGeneration = {
    id: turn.generation.id,
    userId: input.userId,
    conversationId: turn.conversationId,
    answer,
    storedLength: 0,
    nextSequence: 0,
    unacknowledged: null,
    abort: (reason: AbortReason) => controller.abort(reason),
    done: Promise.resolve(),
  }
  runningGenerations().set(generation.id, generation)
  ensureProgressIsStored()
  generation.done = generate(input, answer, controller.signal)
    .catch((error: unknown) => {
      // Nothing above throws by design; the sweeper will find what is stored.
      log().error({ generationId: generation.id, error: String(error) }, 'a generation broke off')
      answer.end({ ...turn.generation, status: 'interrupted', errorCode: 'unexpected' })
    })
    .finally(() => {
      runningGenerations().delete(generation.id)
      announceChange()
    })
  return generation
}

async function generate(
  { userId, turn, model, context }: Parameters<typeof runGeneration>[0],
  answer: AnswerStream,
  signal: AbortSignal,
): Promise<void> {
  const startedAt = performance.now()
  const cleaner = createTextCleaner()
  let timeToFirstTokenMs: number | null = null
  let outcome: AnswerOutcome = { status: 'aborted' }
  let usage: Usage = unknownUsage
  for await (const event of streamAnswer({
    model,
    instructions: context.instructions,
    messages: context.messages,
    signal,
  })) {
    if (event.type === 'end') {
      outcome = event.outcome
      usage = event.usage
    } else if (!signal.aborted) {
      timeToFirstTokenMs ??= Math.round(performance.now() - startedAt)
      answer.append(cleaner.push(event.text))
    }
  }
  answer.append(cleaner.end())
  const text = answer.text
  const end: GenerationEnd = {
    generationId: turn.generation.id,
    ...judgeEnd(outcome, signal, text),
    ...usage,
    text,
    tokens: countTokens(text),
    timeToFirstTokenMs,
    latencyMs: Math.round(performance.now() - startedAt),
  }
  logEnd(turn, outcome, end)
  answer.end(await storeEnd(userId, turn, end))
}

/** The final state: what the provider said, unless this side ended the call. */
function judgeEnd(
  outcome: AnswerOutcome,
  signal: AbortSignal,
  text: string,
): Pick<GenerationEnd, 'status' | 'errorCode'> {
  if (outcome.status !== 'aborted') {
    return { status: outcome.status, errorCode: 'errorCode' in outcome ? outcome.errorCode : null }
  }
  const reason: AbortReason = signal.reason
  if (reason === 'stopped') return { status: 'stopped', errorCode: null }
  return { status: text === '' ? 'failed' : 'interrupted', errorCode: 'interrupted' }
}

/** Stores the end, waiting for the database if need be; what is told to the readers is what is stored. */
async function storeEnd(userId: string, turn: StoredTurn, end: GenerationEnd): Promise<GenerationView> {
  const deadline = performance.now() + STORE_END_FOR_MS
  for (;;) {
    try {
      const stored = await finishGeneration(end)
      if (stored) return stored
      // It was ended elsewhere, or its conversation is gone.
      const known = await readTurn(userId, turn.generation.id)
      return known?.generation ?? { ...turn.generation, status: end.status, errorCode: end.errorCode }
    } catch (error) {
      log().error(
        { error: String(error), generationId: end.generationId },
        'the end of an answer could not be stored',
      )
      if (performance.now() > deadline) {
        return { ...turn.generation, status: 'interrupted', errorCode: 'interrupted' }
      }
    }
    await wait(STORE_END_PAUSE_MS)
  }
}

/** Model, numbers and the kind of failure; never text, and no error's own words, which can hold a key. */
function logEnd(turn: StoredTurn, outcome: AnswerOutcome, end: GenerationEnd): void {
  const { status, errorCode, inputTokens, outputTokens, timeToFirstTokenMs, latencyMs } = end
  const { provider, model } = turn.generation
  const fault = 'cause' in outcome && outcome.cause instanceof Error ? outcome.cause.name : undefined
  log().info(
    {
      ...{ conversationId: turn.conversationId, generationId: turn.generation.id, provider, model },
      ...{ status, errorCode, fault, inputTokens, outputTokens, timeToFirstTokenMs, latencyMs },
    },
    'generation ended',
  )
}
