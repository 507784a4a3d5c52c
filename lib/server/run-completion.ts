import { context as tracing } from '@opentelemetry/api'
import { createTextCleaner } from '#lib/chat/clean-text.ts'
import { countTokens } from '#lib/chat/count-tokens.ts'
import type { GenerationView } from '#lib/chat/types.ts'
import { finishCompletion } from '#lib/db/completions.ts'
import { log, noteRequest } from '#lib/log.ts'
import type { AnswerRequest } from '#lib/providers/answer-attempt.ts'
import { type AnswerEnd, unknownUsage } from '#lib/providers/answer-events.ts'
import type { ProviderCall } from '#lib/providers/provider-call.ts'
import type { ChatModel } from '#lib/providers/resolve-models.ts'
import { streamAnswer } from '#lib/providers/stream-answer.ts'
import { accountCalls } from './account-calls.ts'
import { AnswerStream } from './answer-stream.ts'
import { judgeEnd } from './judge-end.ts'
import { countCall, countGeneration, countTokenDelay } from './record-metrics.ts'
import { runningCompletions } from './running-completions.ts'
import type { AbortReason } from './running-generations.ts'
import { traceTurn } from './trace-turn.ts'

interface CompletionRun {
  userId: string
  generation: GenerationView
  models: [ChatModel, ...ChatModel[]]
  request: Pick<AnswerRequest, 'instructions' | 'messages' | 'sampling'>
  /** Tokens of the request, as its model is expected to count them. */
  requestTokens: number
  /** The settings that the caller asked for, by the SDK's names: one that the model does not hold ends the run. */
  asked: ReadonlySet<string>
}

/** An answer that is written for one caller and kept nowhere. */
export interface Completion {
  answer: AnswerStream
  /** What was asked for and the model does not hold, so that it was not let go on. */
  unheld: Set<string>
  abort(reason: AbortReason): void
}

/** Runs one that is entered into the ledger as `running`, to its entered end; whoever asked may end it before. */
export function runCompletion(run: CompletionRun): Completion {
  const controller = new AbortController()
  const answer = new AnswerStream()
  const unheld = new Set<string>()
  const abort = (reason: AbortReason) => controller.abort(reason)
  const onUnheld = (setting: string) => {
    if (!run.asked.has(setting)) return
    unheld.add(setting)
    abort('stopped')
  }
  const done = write(run, answer, onUnheld, controller.signal).catch((error: unknown) => {
    // What it holds counts until it is found to be lost.
    log().error({ generationId: run.generation.id, error: String(error) }, 'a completion broke off')
    answer.end({ ...run.generation, status: 'interrupted', errorCode: 'unexpected' })
  })
  const running = { userId: run.userId, abort, done }
  runningCompletions().add(running)
  void done.finally(() => runningCompletions().delete(running))
  return { answer, unheld, abort }
}

async function write(
  { userId, generation, models, request, requestTokens }: CompletionRun,
  answer: AnswerStream,
  onUnheld: (setting: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const parent = tracing.active()
  const startedAt = performance.now()
  const calls: ProviderCall[] = []
  const cleaner = createTextCleaner()
  let timeToFirstTokenMs: number | null = null
  let lastTextAt: number | null = null
  let end: AnswerEnd = {
    ...{ type: 'end', outcome: { status: 'aborted' }, usage: unknownUsage, model: models[0].label },
  }
  for await (const event of streamAnswer(models, { ...request, signal, calls, onUnheld })) {
    if (event.type === 'end') end = event
    else if (!signal.aborted) {
      const now = performance.now()
      timeToFirstTokenMs ??= Math.round(now - startedAt)
      if (lastTextAt !== null) countTokenDelay(now - lastTextAt)
      lastTextAt = now
      answer.append(cleaner.push(event.text))
    }
  }
  answer.append(cleaner.end())
  const judged = judgeEnd(end, signal, { before: '', text: answer.text })
  const endedAt = performance.now()
  const { usage, calls: ended } = accountCalls({
    ...{ generationId: generation.id, startedAt, endedAt, model: models[0] },
    calls: calls.map((call) => ({ ...call, requestTokens, isRebuilt: false })),
    outcome: judged.errorCode ?? judged.status,
    writtenTokens: countTokens(answer.text),
  })
  countGeneration(end.model, { ...judged, timeToFirstTokenMs })
  for (const call of usage) countCall('answer', call)
  const { status, errorCode, retryAfterSeconds } = judged
  const { inputTokens, outputTokens } = end.usage
  const latencyMs = Math.round(endedAt - startedAt)
  traceTurn({
    ...{ turn: { conversationId: null, generation }, parent, startedAt },
    end: { ...judged, timeToFirstTokenMs, latencyMs, calls: ended },
  })
  const { provider, model } = end.model
  noteRequest({ generationId: generation.id, provider, model, errorCode, inputTokens, outputTokens })
  log().info(
    { generationId: generation.id, ...end.model, status, errorCode, inputTokens, outputTokens, latencyMs },
    'completion ended',
  )
  await finishCompletion(userId, generation.id, usage)
  answer.end({
    ...{ ...generation, ...end.model, status, errorCode, retryInSeconds: retryAfterSeconds },
    ...{ inputTokens, outputTokens, timeToFirstTokenMs, latencyMs },
  })
}
