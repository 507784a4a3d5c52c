import { MICROCENTS_PER_DOLLAR } from '#lib/chat/money.ts'
import type { GenerationEnd } from '#lib/db/generations.ts'
import type { Usage } from '#lib/providers/answer-events.ts'
import { metrics } from './metrics.ts'

/** People choose from all models that a provider lists: hundreds, at some. */
const MAX_MODELS = 40
const OTHERS = { provider: 'other', model: 'other' }

interface ModelLabels {
  provider: string
  model: string
}

/** One call of a provider as it is entered into the ledger of usage. */
interface CountedCall extends ModelLabels, Usage {
  cost: number | null
  latencyMs: number | null
}

type CountedEnd = Pick<GenerationEnd, 'status' | 'errorCode' | 'timeToFirstTokenMs'>

const shared = globalThis as typeof globalThis & { stoaCountedModels?: Set<string> }

/** Counts an answer that has ended; once for each. */
export function countGeneration(model: ModelLabels, end: CountedEnd): void {
  const { generations, generationErrors, timeToFirstToken } = metrics()
  const labels = modelLabels(model)
  generations.inc({ ...labels, status: end.status })
  if (end.errorCode !== null) generationErrors.inc({ code: end.errorCode })
  if (end.timeToFirstTokenMs !== null) timeToFirstToken.observe(labels, end.timeToFirstTokenMs / 1000)
}

/** Counts a call of a provider that is over, with what it took; one that was never made has no latency. */
export function countCall(purpose: string, call: CountedCall): void {
  if (call.latencyMs === null) return
  const { providerCalls, tokens, cost } = metrics()
  const labels = { ...modelLabels(call), purpose }
  providerCalls.inc(labels)
  if (call.cost) cost.inc(labels, call.cost / MICROCENTS_PER_DOLLAR)
  const counts = {
    input: call.inputTokens,
    output: call.outputTokens,
    cached_input: call.cachedInputTokens,
    reasoning: call.reasoningTokens,
  }
  for (const [kind, count] of Object.entries(counts)) if (count) tokens.inc({ ...labels, kind }, count)
}

/** Counts the pause before a piece of text. */
export function countTokenDelay(milliseconds: number): void {
  metrics().tokenDelay.observe(milliseconds / 1000)
}

/** Counts a request that was answered with an error. */
export function countRequestError(code: string): void {
  metrics().requestErrors.inc({ code })
}

/** The labels of a model: its own for the first that are seen, common ones for all others. */
function modelLabels({ provider, model }: ModelLabels): ModelLabels {
  shared.stoaCountedModels ??= new Set()
  const known = shared.stoaCountedModels
  const name = `${provider}:${model}`
  if (!known.has(name)) {
    if (known.size >= MAX_MODELS) return OTHERS
    known.add(name)
  }
  return { provider, model }
}
