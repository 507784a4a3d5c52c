import type { ModelLabel } from './types.ts'

/** How a model is named where it is chosen and kept: `provider:model`. */
export function modelId({ provider, model }: Pick<ModelLabel, 'provider' | 'model'>): string {
  return `${provider}:${model}`
}
