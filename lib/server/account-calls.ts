import { v7 as uuidv7 } from 'uuid'
import { costOf, costOfCounted, sumOfCosts } from '#lib/chat/cost.ts'
import type { GenerationCall } from '#lib/chat/generation-call.ts'
import type { GenerationErrorCode } from '#lib/chat/generation-errors.ts'
import type { Microcents } from '#lib/chat/money.ts'
import type { GenerationEnd } from '#lib/db/generations.ts'
import type { AnswerUsage } from '#lib/db/usage-events.ts'
import type { Usage } from '#lib/providers/answer-events.ts'
import type { ProviderCall } from '#lib/providers/provider-call.ts'
import type { ChatModel } from '#lib/providers/resolve-models.ts'

/** A call with what it was sent. */
export interface RunCall extends ProviderCall {
  /** Tokens of the request, as its model was expected to count them. */
  requestTokens: number
  isRebuilt: boolean
}

/** A run that has ended, with what it took. */
export interface EndedRun {
  generationId: string
  /** In the time of its calls. */
  startedAt: number
  endedAt: number
  /** How it ended, in one word: for a call that was not over then. */
  outcome: string
  /** Who was asked, or would have been. */
  model: ChatModel
  calls: RunCall[]
  /** Tokens of what the last call wrote, as counted here. */
  writtenTokens: number
}

/** Failures with which a provider refuses a call: nothing was made, and nothing is billed. */
const refusals = new Set<string>([
  'wrong_key',
  'model_not_found',
  'rate_limited',
  'quota_exhausted',
  'context_too_long',
  'provider_unavailable',
  'provider_unreachable',
] satisfies GenerationErrorCode[])

/** @param outcome the code of a failure */
export function isRefusal(outcome: string): boolean {
  return refusals.has(outcome)
}

/** What the calls of a run came to: as they are kept with it, and as the ledger of usage has them. */
export function accountCalls(run: EndedRun): Pick<GenerationEnd, 'calls' | 'cost' | 'usage'> {
  const calls = run.calls.map((call) => endedCall(call, run))
  const usage = calls.map((call, index): AnswerUsage => {
    const isLast = index === calls.length - 1
    const { requestTokens, model } = run.calls[index] ?? { requestTokens: 0, model: run.model }
    return {
      ...usageOf(call),
      id: isLast ? run.generationId : uuidv7(),
      held: heldFor(call.cost, requestTokens, isLast ? run.writtenTokens : 0, model),
      sentAtMs: call.sentAtMs,
      timeToFirstTokenMs: call.firstTokenAtMs === null ? null : call.firstTokenAtMs - call.sentAtMs,
      latencyMs: call.endedAtMs - call.sentAtMs,
    }
  })
  if (usage.length === 0) usage.push(uncalled(run))
  return { calls, cost: sumOfCosts(calls.map(({ cost }) => cost)), usage }
}

/** What counts of a call whose cost is not known: an estimate, of what was counted here. */
export function heldFor(
  cost: Microcents | null,
  requestTokens: number,
  writtenTokens: number,
  { price }: Pick<ChatModel, 'price'>,
): Microcents {
  return cost === null ? (costOfCounted(requestTokens, writtenTokens, price) ?? 0) : 0
}

/** What a call cost; one that was refused cost nothing, though nothing was reported. */
export function costOfCall({
  usage,
  model,
  outcome,
  hasText,
}: {
  usage: Usage
  model: ChatModel
  outcome: string
  hasText: boolean
}): Microcents | null {
  return !hasText && isRefusal(outcome) ? 0 : costOf(usage, model.price)
}

function endedCall(call: RunCall, run: EndedRun): GenerationCall {
  const since = (time: number) => Math.round(time - run.startedAt)
  const outcome = wordFor(call, run)
  const { model, usage } = call
  return {
    ...{ provider: model.label.provider, model: model.label.model },
    sentAtMs: since(call.sentAt),
    firstTokenAtMs: call.firstTokenAt === null ? null : since(call.firstTokenAt),
    endedAtMs: since(call.endedAt ?? run.endedAt),
    outcome,
    maxOutputTokens: model.maxOutputTokens,
    temperature: model.temperature ?? null,
    adaptations: [...call.adaptations],
    isRebuilt: call.isRebuilt,
    ...usage,
    cost: costOfCall({ usage, model, outcome, hasText: call.firstTokenAt !== null }),
  }
}

function wordFor({ outcome }: ProviderCall, run: EndedRun): string {
  if (outcome === null || outcome.status === 'aborted') return run.outcome
  return 'failure' in outcome ? outcome.failure.code : outcome.status
}

function usageOf(call: GenerationCall) {
  const { provider, model, outcome, inputTokens, outputTokens, cachedInputTokens, reasoningTokens, cost } =
    call
  return { provider, model, outcome, inputTokens, outputTokens, cachedInputTokens, reasoningTokens, cost }
}

/** Of a run that called nobody, since its models were left alone after failing or a stop came first. */
function uncalled({ generationId, outcome, model }: EndedRun): AnswerUsage {
  return {
    ...{
      id: generationId,
      provider: model.label.provider,
      model: model.label.model,
      outcome,
      cost: 0,
      held: 0,
    },
    ...{ inputTokens: null, outputTokens: null, cachedInputTokens: null, reasoningTokens: null },
    ...{ sentAtMs: 0, timeToFirstTokenMs: null, latencyMs: null },
  }
}
