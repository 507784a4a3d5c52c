import { type Intensity, intensities } from '#lib/chat/types.ts'
import { AppError } from '#lib/errors.ts'
import { promptLibrary } from '#lib/prompts/library.ts'
import type { ChatModel, Models } from '#lib/providers/resolve-models.ts'
import { preferredChoice } from './preferred-choice.ts'

/** A persona as OpenAI's clients see it: as a model. */
export interface CompletionModel {
  /** `stoic`, or with an intensity `stoic:high`. */
  id: string
  persona: string
  /** NULL: the persona's own. */
  intensity: Intensity | null
}

/** Every persona by itself, then with each intensity. */
export function completionModels(): CompletionModel[] {
  return promptLibrary().personas.flatMap(({ id }) => [
    { id, persona: id, intensity: null },
    ...intensities.map((intensity) => ({ id: `${id}:${intensity}`, persona: id, intensity })),
  ])
}

/** @throws AppError model_not_found */
export function findCompletionModel(id: string): CompletionModel {
  const found = completionModels().find((model) => model.id === id)
  if (found) return found
  throw new AppError(
    'model_not_found',
    `The model \`${id}\` does not exist. Models are the personas of this server, such as \`${promptLibrary().defaultPersona}\`: ask for the list.`,
    { field: 'model' },
  )
}

/** As OpenAI lists one. When a persona was made is not known. */
export function describeCompletionModel({ id }: CompletionModel) {
  return { id, object: 'model', created: 0, owned_by: 'stoa' }
}

/** The model that the person's new conversations begin with; NULL: the usual one. */
export async function usualModelOf(userId: string, { offer }: Models): Promise<ChatModel | null> {
  const { model } = await preferredChoice(userId)
  return (model !== null && offer.find(model)) || null
}
