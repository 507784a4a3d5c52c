import { AppError } from '#lib/errors.ts'
import { intensityPath } from './check-fragments.ts'
import { composePrompt } from './compose-prompt.ts'
import type { PromptEntries } from './parse-entries.ts'
import type { InternalPromptEntry, PersonaEntry } from './prompt-schema.ts'
import type { PromptFragment, PromptLibrary } from './types.ts'

/**
 * Makes the library of entries and fragments that were checked.
 *
 * @param fragments each fragment's normalised text by its path
 */
export function buildLibrary(
  { personas, internal, defaultPersona }: PromptEntries,
  fragments: ReadonlyMap<string, string>,
  warnings: string[],
): PromptLibrary {
  function fragment(path: string): PromptFragment {
    const text = fragments.get(path)
    if (text === undefined) throw new Error(`The fragment ${path} was not checked`)
    return { path, text }
  }
  const fragmentsOf = (entry: PersonaEntry | InternalPromptEntry) => pathsOf(entry).map(fragment)

  return {
    warnings,
    defaultPersona,
    personas: [...personas].map(([id, { label, description, intensity, starters }]) => ({
      id,
      label,
      description,
      intensity,
      starters,
    })),
    composePersona(id, chosenIntensity) {
      const entry = personas.get(id)
      if (!entry) {
        const names = [...personas.keys()].join(', ')
        throw new AppError('unknown_persona', `There is no persona "${id}". Choose one of: ${names}.`, {
          field: 'persona',
        })
      }
      const intensity = chosenIntensity ?? entry.intensity
      const composed = composePrompt([...fragmentsOf(entry), fragment(intensityPath(intensity))])
      return { ...composed, intensity }
    },
    composePrompt(id, variables) {
      const entry = internal.get(id)
      if (!entry) throw new Error(`The prompt ${id} was not checked`)
      const missing = entry.variables.filter((name) => !Object.hasOwn(variables, name))
      if (missing.length > 0) throw new Error(`The prompt ${id} needs a value for ${missing.join(' and ')}`)
      return composePrompt(fragmentsOf(entry), variables)
    },
  }
}

function pathsOf({ base, core, styles, rules }: PersonaEntry | InternalPromptEntry): string[] {
  return [
    `base/${base}.md`,
    ...core.map((name) => `core/${name}.md`),
    ...styles.map((name) => `styles/${name}.md`),
    ...rules.map((name) => `rules/${name}.md`),
  ]
}
