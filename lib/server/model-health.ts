import { modelId } from '#lib/chat/model-id.ts'
import type { ModelCalls, ModelHealth } from '#lib/chat/operations.ts'
import { inTime } from '#lib/db/in-time.ts'
import { listModelCalls } from '#lib/db/model-calls.ts'
import { breakerState } from '#lib/providers/call-policy.ts'
import { models } from '#lib/providers/resolve-models.ts'

/** How the models do: those that have a part here, then those that were called in the last 24 hours. */
export async function modelHealth(): Promise<ModelHealth[]> {
  const [{ answering, fallback, utility }, called] = await Promise.all([models(), inTime(listModelCalls())])
  const parts = new Map<string, string[]>()
  const callsOf = new Map(called.map((calls) => [modelId(calls), calls]))
  const known: ModelCalls[] = []
  for (const [part, model] of Object.entries({
    Answers: answering,
    'Stands in': fallback,
    'Titles and summaries': utility,
  })) {
    if (!model) continue
    const id = modelId(model.label)
    if (!parts.has(id)) known.push(callsOf.get(id) ?? notCalled(model.label))
    parts.set(id, [...(parts.get(id) ?? []), part])
  }
  const others = called.filter((calls) => !parts.has(modelId(calls)))
  return [...known, ...others].map((calls) => ({
    ...calls,
    part: (parts.get(modelId(calls)) ?? []).map(withinSentence).join(', '),
    state: breakerState(calls.provider, calls.model),
  }))
}

function withinSentence(part: string, index: number): string {
  return index === 0 ? part : part.charAt(0).toLowerCase() + part.slice(1)
}

function notCalled({ provider, model }: { provider: string; model: string }): ModelCalls {
  const none = { lastFailure: null, lastFailureAt: null, medianFirstTokenMs: null }
  return { provider, model, calls: 0, failed: 0, ...none }
}
