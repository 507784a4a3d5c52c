import { modelId } from './model-id.ts'
import type { Preferences } from './preferences.ts'
import type { ModelLabel, PersonaOption } from './types.ts'

interface Offer {
  personas: Pick<PersonaOption, 'id'>[]
  models: Pick<ModelLabel, 'provider' | 'model'>[]
}

/** The preferences without a persona or a model that is not on offer any more. */
export function offeredPreferences(chosen: Preferences, { personas, models }: Offer): Preferences {
  const hasPersona = personas.some(({ id }) => id === chosen.persona)
  const hasModel = models.some(({ provider, model }) => modelId({ provider, model }) === chosen.model)
  return {
    ...chosen,
    persona: hasPersona ? chosen.persona : null,
    model: hasModel ? chosen.model : null,
  }
}
