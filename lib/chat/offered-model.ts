import { modelId } from './model-id.ts'
import type { ModelLabel } from './types.ts'

/** The models that a person may choose from. */
export interface ModelOffer {
  /** The usual one first. */
  models: readonly [ModelLabel, ...ModelLabel[]]
  /** Whether these are all; otherwise one that is not among them may be on offer all the same. */
  knowsAllModels: boolean
}

/**
 * Which model answers where one was chosen, as the server decides it (lib/server/choose-model.ts).
 *
 * @param chosen as `provider:model`; NULL: the usual one
 * @returns the model that answers, and the name of the chosen one when that is offered no longer
 */
export function offeredModel(
  chosen: string | null,
  { models, knowsAllModels }: ModelOffer,
): { id: string; gone: string | null } {
  const usual = modelId(models[0])
  if (chosen === null) return { id: usual, gone: null }
  const isOffered = !knowsAllModels || models.some((label) => modelId(label) === chosen)
  return isOffered ? { id: chosen, gone: null } : { id: usual, gone: modelName(chosen) }
}

/** The name in `provider:model`. */
export function modelName(id: string): string {
  return id.slice(id.indexOf(':') + 1)
}
