import { context as tracing } from '@opentelemetry/api'
import type { Context } from '#lib/chat/build-context.ts'
import { createTextCleaner } from '#lib/chat/clean-text.ts'
import { halveBudget } from '#lib/chat/context-budget.ts'
import { countTokens } from '#lib/chat/count-tokens.ts'
import { createContinuationJoiner } from '#lib/chat/join-continuation.ts'
import { wantsFold } from '#lib/chat/plan-fold.ts'
import type { GenerationEnd, StoredTurn } from '#lib/db/generations.ts'
import { log, noteRequest } from '#lib/log.ts'
import { type AnswerEnd, unknownUsage } from '#lib/providers/answer-events.ts'
import type { ProviderCall } from '#lib/providers/provider-call.ts'
import type { ChatModel } from '#lib/providers/resolve-models.ts'
import { streamAnswer } from '#lib/providers/stream-answer.ts'
import { accountCalls, type RunCall } from './account-calls.ts'
import { AnswerStream } from './answer-stream.ts'
import { announceChange } from './conversation-events.ts'
import { requestFold } from './fold-summary.ts'
import { judgeEnd } from './judge-end.ts'
import { countCall, countGeneration, countTokenDelay } from './record-metrics.ts'
import { type AbortReason, type RunningGeneration, runningGenerations } from './running-generations.ts'
import { storeEnd } from './store-end.ts'
import { ensureProgressIsStored } from './store-progress.ts'
import { learnTokenRatio } from './token-ratios.ts'
import { traceTurn } from './trace-turn.ts'

interface GenerationRun {
  userId: string
  turn: StoredTurn
  /** The model to ask, then the one to fall back to. */
  models: [ChatModel, ...ChatModel[]]
  context: Context
  /** The context within another budget, for a provider that finds this one too long. */
  rebuild: (budget: number) => Context
}

/**
 * Runs a generation that is stored as `streaming`, to its stored end, whatever becomes of the request that asked.
 * Returns at once; the answer is followed through `answer`.
 */
export function runGeneration(run: GenerationRun): RunningGeneration {
  const { turn } = run
  const controller = new AbortController()
  const answer = new AnswerStream(turn.text)
  const generation: RunningGeneration = {
    id: turn.generation.id,
    userId: run.userId,
    conversationId: turn.conversationId,
    answer,
    storedLength: turn.text.length,
    nextSequence: 0,
    unacknowledged: null,
    isEnding: false,
    abort: (reason: AbortReason) => controller.abort(reason),
    done: Promise.resolve(),
  }
  runningGenerations().set(generation.id, generation)
  ensureProgressIsStored()
  generation.done = generate(run, answer, controller.signal)
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

async function generate(run: GenerationRun, answer: AnswerStream, signal: AbortSignal): Promise<void> {
  const { userId, turn } = run
  const parent = tracing.active()
  const startedAt = performance.now()
  let timeToFirstTokenMs: number | null = null
  let lastTextAt: number | null = null
  const onText = (text: string) => {
    if (text === '') return
    const now = performance.now()
    timeToFirstTokenMs ??= Math.round(now - startedAt)
    if (lastTextAt !== null) countTokenDelay(now - lastTextAt)
    lastTextAt = now
    answer.append(text)
  }

  let { context } = run
  const first = await writeAnswer(run, context, onText, signal)
  const calls = callsWith(context, first.calls, false)
  let asked = first.end
  if (isTooLong(asked) && answer.text === turn.text) {
    context = run.rebuild(halveBudget(context.ledger))
    const again = await writeAnswer(run, context, onText, signal)
    calls.push(...callsWith(context, again.calls, true))
    asked = again.end
  }

  const text = answer.text
  const tokens = countTokens(text)
  const judged = judgeEnd(asked, signal, { before: turn.text, text })
  const end: GenerationEnd = {
    generationId: turn.generation.id,
    ...judged,
    ...accountCalls({
      ...{
        generationId: turn.generation.id,
        startedAt,
        endedAt: performance.now(),
        calls,
        model: run.models[0],
      },
      outcome: judged.errorCode ?? judged.status,
      writtenTokens: turn.text === '' ? tokens : countTokens(text.slice(turn.text.length)),
    }),
    ...asked.usage,
    model: asked.model,
    ledger: context === run.context ? null : context.ledger,
    ...{ text, tokens },
    timeToFirstTokenMs,
    latencyMs: Math.round(performance.now() - startedAt),
  }
  logEnd(turn, asked, end)
  countGeneration(asked.model, end)
  for (const call of end.usage) countCall('answer', call)
  traceTurn({ turn, end, parent, startedAt })
  const { provider, model } = asked.model
  const reported = asked.usage.inputTokens
  if (reported !== null) learnTokenRatio({ provider, model, reported, counted: context.ledger.totalTokens })
  answer.end(await storeEnd(userId, turn, end, answer))
  if (wantsFold(context.ledger, tokens)) requestFold(turn.conversationId)
}

async function writeAnswer(
  { models, turn }: GenerationRun,
  { instructions, messages }: Context,
  onText: (text: string) => void,
  signal: AbortSignal,
): Promise<{ end: AnswerEnd; calls: ProviderCall[] }> {
  const calls: ProviderCall[] = []
  const cleaner = createTextCleaner()
  const joiner = createContinuationJoiner(turn.text)
  let end: AnswerEnd = {
    type: 'end',
    outcome: { status: 'aborted' },
    usage: unknownUsage,
    model: models[0].label,
  }
  const request = { instructions, messages, signal, continues: turn.text, calls }
  for await (const event of streamAnswer(models, request)) {
    if (event.type === 'end') end = event
    // What a provider sends after a stop was never shown and is not kept.
    else if (!signal.aborted) onText(joiner.push(cleaner.push(event.text)))
  }
  const isCutOff = end.outcome.status !== 'complete' && end.outcome.status !== 'truncated'
  onText(joiner.push(cleaner.end()) + joiner.end(isCutOff))
  return { end, calls }
}

function callsWith({ ledger }: Context, calls: ProviderCall[], isRebuilt: boolean): RunCall[] {
  const requestTokens = Math.ceil(ledger.totalTokens * ledger.tokenRatio)
  return calls.map((call) => ({ ...call, requestTokens, isRebuilt }))
}

function isTooLong({ outcome }: AnswerEnd): boolean {
  return 'failure' in outcome && outcome.failure.code === 'context_too_long'
}

/** Model, numbers and the kind of failure; never text, and no error's own words, which can hold a key. */
function logEnd(turn: StoredTurn, { outcome, model }: AnswerEnd, end: GenerationEnd): void {
  const { status, errorCode, inputTokens, outputTokens, timeToFirstTokenMs, latencyMs } = end
  const cause = 'failure' in outcome ? outcome.failure.cause : undefined
  const fault = cause instanceof Error ? cause.name : undefined
  const { provider, model: name } = model
  noteRequest({
    generationId: turn.generation.id,
    provider,
    model: name,
    errorCode,
    inputTokens,
    outputTokens,
  })
  log().info(
    {
      ...{ conversationId: turn.conversationId, generationId: turn.generation.id, ...model },
      ...{ status, errorCode, fault, inputTokens, outputTokens, timeToFirstTokenMs, latencyMs },
    },
    'generation ended',
  )
}
