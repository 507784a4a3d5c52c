import { modelId } from './model-id.ts'
import type { ModelLabel, PersonaOption } from './types.ts'

interface Offer {
  personas: Pick<PersonaOption, 'id'>[]
  models: Pick<ModelLabel, 'provider' | 'model'>[]
}

/** What was chosen, without a persona or a model that is not on offer any more. */
export function offeredPreferences<Chosen extends { persona: string | null; model: string | null }>(
  chosen: Chosen,
  { personas, models }: Offer,
): Chosen {
  const hasPersona = personas.some(({ id }) => id === chosen.persona)
  const hasModel = models.some(({ provider, model }) => modelId({ provider, model }) === chosen.model)
  return {
    ...chosen,
    persona: hasPersona ? chosen.persona : null,
    model: hasModel ? chosen.model : null,
  }
}
