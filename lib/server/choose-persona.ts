import type { Intensity } from '#lib/chat/types.ts'
import { promptLibrary } from '#lib/prompts/library.ts'

/** A persona with an intensity; NULL: the persona's own. */
interface PersonaChoice {
  persona: string
  intensity: Intensity | null
}

/**
 * What the request chooses, else what the conversation has; of a persona that is gone from the library, the default.
 *
 * @param kept the conversation's; NULL: it is new
 */
export function choosePersona(
  asked: { persona?: string | undefined; intensity?: Intensity | null | undefined },
  kept: PersonaChoice | null,
): PersonaChoice {
  const { personas, defaultPersona } = promptLibrary()
  const known = personas.find(({ id }) => id === kept?.persona)?.id
  return {
    persona: asked.persona ?? known ?? defaultPersona,
    intensity: asked.intensity === undefined ? (kept?.intensity ?? null) : asked.intensity,
  }
}
