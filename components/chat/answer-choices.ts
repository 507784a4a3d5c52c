import { modelId } from '#lib/chat/model-id.ts'
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
  /** The conversation's, as `provider:model`. */
  chosenModel: string | null
}

interface AnswerChoices {
  /** As the answer that is there was written. */
  again: AnswerChoice
  personas: AnswerOption[]
  intensities: AnswerOption[]
  /** Empty when there is only one. */
  models: AnswerOption[]
}

/** More are chosen in the header, where they can be searched. */
const MOST_MODELS = 6

const intensityLabels: Record<Intensity, string> = { low: 'Low', medium: 'Medium', high: 'High' }

/** The ways to have a question answered again: as it was, or with one thing changed. */
export function answerChoices(
  answer: GenerationView,
  { personas, models, chosenModel }: Offered,
): AnswerChoices {
  const ownIntensity = personas.find(({ id }) => id === answer.persona)?.intensity
  /** NULL follows the persona: its own intensity is no choice. */
  const intensity = answer.intensity === ownIntensity ? null : answer.intensity
  const [usual, ...others] = models.map(modelId)
  const written = modelId(answer)
  // After a fallback's answer, or that of a model that is offered no longer, the conversation's own is asked.
  const isOffered = answer.fallbackFrom === null && [usual, ...others].includes(written)
  const model = !isOffered ? undefined : written === usual ? null : written
  // A persona that is gone from the library cannot answer again: the conversation's does.
  const persona = ownIntensity === undefined ? undefined : answer.persona
  const again: AnswerChoice = {
    ...(persona && { persona }),
    intensity,
    ...(model !== undefined && { model }),
  }
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
      // The one that is chosen for the conversation can be any of hundreds.
      .toSorted((one, other) => Number(modelId(other) === chosenModel) - Number(modelId(one) === chosenModel))
      .slice(0, MOST_MODELS)
      .map((label) => ({
        key: modelId(label),
        label: label.model,
        choice: { ...again, model: modelId(label) === usual ? null : modelId(label) },
      })),
  }
}
