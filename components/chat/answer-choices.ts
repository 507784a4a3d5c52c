import { type GenerationView, type Intensity, intensities, type ModelLabel } from '#lib/chat/types.ts'
import type { AnswerChoice } from './branch-actions.ts'

/** Another way to have a question answered. */
export interface AnswerOption {
  key: string
  label: string
  choice: AnswerChoice
}

interface Offered {
  personas: readonly { id: string; label: string; intensity: Intensity }[]
  models: readonly ModelLabel[]
}

interface AnswerChoices {
  /** As the answer that is there was written. */
  again: AnswerChoice
  personas: AnswerOption[]
  intensities: AnswerOption[]
  /** Empty when there is only one. */
  models: AnswerOption[]
}

const intensityLabels: Record<Intensity, string> = { low: 'Low', medium: 'Medium', high: 'High' }

/** The ways to have a question answered again: as it was, or with one thing changed. */
export function answerChoices(answer: GenerationView, { personas, models }: Offered): AnswerChoices {
  const ownIntensity = personas.find(({ id }) => id === answer.persona)?.intensity
  /** NULL follows the persona: its own intensity is no choice. */
  const intensity = answer.intensity === ownIntensity ? null : answer.intensity
  const [usual, ...others] = models.map(modelId)
  const written = modelId(answer)
  // A fallback's answer asks the usual model again; a model that is offered no longer cannot be asked.
  const model = answer.fallbackFrom === null && others.includes(written) ? written : undefined
  // A persona that is gone from the library cannot answer again: the conversation's does.
  const persona = ownIntensity === undefined ? undefined : answer.persona
  const again: AnswerChoice = { ...(persona && { persona }), intensity, ...(model && { model }) }
  return {
    again,
    personas: personas
      .filter(({ id }) => id !== answer.persona)
      .map(({ id, label }) => ({ key: id, label, choice: { ...again, persona: id } })),
    intensities: intensities
      .filter((other) => other !== answer.intensity)
      .map((other) => ({
        key: other,
        label: intensityLabels[other],
        choice: { ...again, intensity: other === ownIntensity ? null : other },
      })),
    models: models
      .filter((label) => models.length > 1 && modelId(label) !== written)
      .map((label) => ({
        key: modelId(label),
        label: label.model,
        choice: { ...again, model: modelId(label) === usual ? undefined : modelId(label) },
      })),
  }
}

/** How a request names a model. */
function modelId({ provider, model }: { provider: string; model: string }): string {
  return `${provider}:${model}`
}
