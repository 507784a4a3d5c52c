import { countTokens } from '#lib/chat/count-tokens.ts'
import { fragmentKind, type PersonaStack } from '#lib/chat/persona-stack.ts'
import type { Intensity } from '#lib/chat/types.ts'
import type { PromptLibrary } from './types.ts'

/**
 * A persona at an intensity (NULL: its own): its fragments and the composed text, each with its size in tokens
 * (o200k_base). NULL when the library has no such persona.
 */
export function describePersona(
  library: PromptLibrary,
  id: string,
  intensity: Intensity | null,
): PersonaStack | null {
  const persona = library.personas.find((each) => each.id === id)
  if (!persona) return null
  const { text, hash, fragments, ...composed } = library.composePersona(id, intensity)
  return {
    ...{ persona, text, hash, intensity: composed.intensity, tokens: countTokens(text) },
    fragments: fragments.map(({ path, text: part }) => ({
      ...{ kind: fragmentKind(path), path, text: part, tokens: countTokens(part) },
    })),
  }
}
