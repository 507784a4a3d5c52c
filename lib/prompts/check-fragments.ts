import { intensities } from '#lib/chat/types.ts'
import { normalizeFragment } from './compose-prompt.ts'
import { findVariables } from './fill-variables.ts'
import { type FragmentReference, PROMPTS_FILE } from './parse-entries.ts'
import { internalPrompts, type PromptFault } from './types.ts'

interface FragmentCheck {
  faults: PromptFault[]
  warnings: PromptFault[]
}

/**
 * Checks the fragments, and that prompts.yaml and they fit together.
 *
 * @param files each fragment file's text by its path (`core/identity.md`), as it was read
 */
export function checkFragments(
  references: readonly FragmentReference[],
  files: ReadonlyMap<string, string>,
): FragmentCheck {
  const variables = checkVariables(references, files)
  return {
    faults: [...findMissing(references, files), ...findEmpty(files), ...variables.faults],
    warnings: [...findUnused(references, files), ...variables.warnings],
  }
}

/** The fragment of an intensity: every persona can be given each of them. */
export function intensityPath(intensity: string): string {
  return `intensity/${intensity}.md`
}

function findMissing(
  references: readonly FragmentReference[],
  files: ReadonlyMap<string, string>,
): PromptFault[] {
  return [
    ...references
      .filter(({ path }) => !files.has(path))
      .map(({ prompt, path, line }) => ({
        file: PROMPTS_FILE,
        line,
        message: `${prompt} names the missing fragment ${path}`,
      })),
    ...intensities
      .map(intensityPath)
      .filter((path) => !files.has(path))
      .map((path) => ({
        file: path,
        line: 1,
        message: 'the fragment is missing: a person can choose each intensity',
      })),
  ]
}

function findEmpty(files: ReadonlyMap<string, string>): PromptFault[] {
  return [...files]
    .filter(([, text]) => normalizeFragment(text) === '')
    .map(([file]) => ({ file, line: 1, message: 'the fragment is empty' }))
}

function findUnused(
  references: readonly FragmentReference[],
  files: ReadonlyMap<string, string>,
): PromptFault[] {
  const used = new Set([...references.map(({ path }) => path), ...intensities.map(intensityPath)])
  return [...files.keys()]
    .filter((file) => !used.has(file))
    .map((file) => ({ file, line: 1, message: 'no prompt uses this fragment' }))
}

/**
 * A prompt of the program must use each variable it is given, and no other. A persona has none, so what looks like one
 * in its fragments is plain text, and only worth a look.
 */
function checkVariables(
  references: readonly FragmentReference[],
  files: ReadonlyMap<string, string>,
): FragmentCheck {
  const faults = new Map<string, PromptFault>()
  const warnings = new Map<string, PromptFault>()
  for (const { prompt, path } of references) {
    const given = variablesOf(prompt)
    for (const { name, line } of findVariables(files.get(path) ?? '')) {
      const key = `${path}:${line}:${name}`
      if (given === undefined) {
        warnings.set(key, {
          file: path,
          line,
          message: `{${name}} is sent as it stands: a persona has no variables`,
        })
      } else if (!given.includes(name)) {
        const list = given.map((variable) => `{${variable}}`).join(' and ')
        faults.set(key, {
          file: path,
          line,
          message: `{${name}} is an unknown variable: ${prompt} is given ${list}`,
        })
      }
    }
  }
  return {
    faults: [...faults.values(), ...findUnusedVariables(references, files)],
    warnings: [...warnings.values()],
  }
}

function findUnusedVariables(
  references: readonly FragmentReference[],
  files: ReadonlyMap<string, string>,
): PromptFault[] {
  return Object.entries(internalPrompts).flatMap(([prompt, variables]) => {
    const own = references.filter((reference) => reference.prompt === prompt)
    const text = own.map(({ path }) => files.get(path) ?? '').join('\n')
    const isComplete = own.length > 0 && own.every(({ path }) => files.has(path))
    if (!isComplete) return []
    return variables
      .filter((name) => !text.includes(`{${name}}`))
      .map((name) => ({
        file: PROMPTS_FILE,
        line: own[0]?.line ?? 1,
        message: `${prompt} lacks the variable {${name}}: none of its fragments has it`,
      }))
  })
}

function variablesOf(prompt: string): readonly string[] | undefined {
  return Object.hasOwn(internalPrompts, prompt)
    ? internalPrompts[prompt as keyof typeof internalPrompts]
    : undefined
}
