import { AppError } from '#lib/errors.ts'
import { promptLibrary } from '#lib/prompts/library.ts'

/**
 * Makes sure that a persona of this name exists.
 *
 * @throws AppError unknown_persona, naming those there are
 */
export function checkPersona(persona: string): void {
  const { personas } = promptLibrary()
  if (personas.some(({ id }) => id === persona)) return
  const names = personas.map(({ id }) => id).join(', ')
  throw new AppError('unknown_persona', `There is no persona "${persona}". Choose one of: ${names}.`, {
    field: 'persona',
  })
}
