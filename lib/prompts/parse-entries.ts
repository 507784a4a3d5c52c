import type { z } from 'zod'
import { describeIssue, type Problem } from './describe-issue.ts'
import {
  type InternalPromptEntry,
  internalPromptSchema,
  type PersonaEntry,
  personaSchema,
  promptName,
} from './prompt-schema.ts'
import { readYaml } from './read-yaml.ts'
import { type InternalPromptId, internalPrompts, type PromptFault } from './types.ts'

/** The file that names the prompts. */
export const PROMPTS_FILE = 'prompts.yaml'

/** A place in prompts.yaml that names a fragment. */
export interface FragmentReference {
  prompt: string
  /** The fragment's path, relative to the library's folder. */
  path: string
  line: number
}

export interface PromptEntries {
  /** Empty when the file names none. */
  defaultPersona: string
  /** Those without a fault, in the order of the file. */
  personas: Map<string, PersonaEntry>
  internal: Map<InternalPromptId, InternalPromptEntry>
  /** Of all prompts, also of those with a fault. */
  references: FragmentReference[]
  faults: PromptFault[]
}

/** Pages that stand where each persona has its own: /personas/compare, /personas/try. */
const pageNames = ['compare', 'try']

type Mapping = Record<string, unknown>

/** Checks prompts.yaml by itself; the fragments that it names are not looked at. */
export function parseEntries(yaml: string): PromptEntries {
  const { value, faults, lineOf } = readYaml(yaml)
  const { default: defaultPersona, ...prompts } = isMapping(value) ? value : {}

  const personas: PromptEntries['personas'] = new Map()
  const internal: PromptEntries['internal'] = new Map()
  const problems: Problem[] = []
  for (const [id, prompt] of Object.entries(prompts)) {
    if (isInternalPromptId(id)) {
      const entry = parsePrompt(internalPromptSchema, id, prompt, problems)
      if (entry) internal.set(id, entry)
      problems.push(...findVariableProblems(id, prompt))
    } else if (isInternal(prompt)) {
      const known = new Intl.ListFormat('en-GB').format(Object.keys(internalPrompts))
      problems.push({ path: [id], message: `${id} is internal, but the program only uses ${known}` })
    } else {
      const entry = parsePrompt(personaSchema, id, prompt, problems)
      if (entry) personas.set(id, entry)
    }
  }
  if (Object.keys(prompts).length > 0) problems.push(...findLibraryProblems(prompts, defaultPersona))
  else if (faults.length === 0)
    problems.push({ path: [], message: 'the library is empty: wants prompts by name' })

  return {
    defaultPersona: typeof defaultPersona === 'string' ? defaultPersona : '',
    personas,
    internal,
    references: Object.entries(prompts).flatMap(([id, prompt]) => findReferences(id, prompt, lineOf)),
    faults: [
      ...faults.map((fault) => ({ file: PROMPTS_FILE, ...fault })),
      ...problems.map(({ path, message }) => ({ file: PROMPTS_FILE, line: lineOf(path), message })),
    ],
  }
}

function parsePrompt<Entry>(
  schema: z.ZodType<Entry>,
  id: string,
  prompt: unknown,
  problems: Problem[],
): Entry | undefined {
  const name = promptName.safeParse(id)
  if (name.error) problems.push({ path: [id], message: `the name "${id}": ${name.error.issues[0]?.message}` })
  const result = schema.safeParse(prompt)
  if (result.error) problems.push(...result.error.issues.flatMap((issue) => describeIssue(issue, id, prompt)))
  return result.data
}

function findVariableProblems(id: InternalPromptId, prompt: unknown): Problem[] {
  if (!isMapping(prompt)) return []
  const listed: unknown[] = Array.isArray(prompt.variables) ? prompt.variables : []
  const given: readonly string[] = internalPrompts[id]
  const isGiven = `it is given ${given.map((name) => `{${name}}`).join(' and ')}`

  const problems: Problem[] = []
  for (const [index, name] of listed.entries()) {
    if (typeof name !== 'string' || given.includes(name)) continue
    problems.push({
      path: [id, 'variables', index],
      message: `${id} has the unknown variable {${name}}: ${isGiven}`,
    })
  }
  for (const name of given) {
    if (listed.includes(name)) continue
    problems.push({ path: [id, 'variables'], message: `${id}.variables lacks ${name}: ${isGiven}` })
  }
  return problems
}

function findLibraryProblems(prompts: Mapping, defaultPersona: unknown): Problem[] {
  const problems: Problem[] = Object.keys(internalPrompts)
    .filter((id) => !Object.hasOwn(prompts, id))
    .map((id) => ({ path: [], message: `the prompt "${id}" is missing, which the program uses` }))

  const personas = Object.keys(prompts).filter((id) => !isInternalPromptId(id) && !isInternal(prompts[id]))
  const choices = personas.join(' or ')
  if (defaultPersona === undefined) {
    problems.push({
      path: [],
      message: `no default persona: wants "default: …" with ${choices || 'a persona'}`,
    })
  } else if (typeof defaultPersona !== 'string' || !personas.includes(defaultPersona)) {
    const message = `the default persona is ${JSON.stringify(defaultPersona)}: wants ${choices || 'a persona'}`
    problems.push({ path: ['default'], message })
  }

  for (const id of personas) {
    if (!pageNames.includes(id)) continue
    problems.push({ path: [id], message: `the name "${id}" is taken by a page: wants another one` })
  }

  const byLabel = new Map<string, string>()
  for (const id of personas) {
    const label = labelOf(prompts[id])
    const other = label && byLabel.get(label)
    if (other) problems.push({ path: [id, 'label'], message: `${id} has the same label as ${other}` })
    else if (label) byLabel.set(label, id)
  }
  return problems
}

function findReferences(
  prompt: string,
  entry: unknown,
  lineOf: (path: readonly PropertyKey[]) => number,
): FragmentReference[] {
  if (!isMapping(entry)) return []
  return ['base', 'core', 'styles', 'rules'].flatMap((kind) => {
    const names: unknown[] = kind === 'base' ? [entry.base] : Array.isArray(entry[kind]) ? entry[kind] : []
    return names.flatMap((name, index) =>
      promptName.safeParse(name).success
        ? [{ prompt, path: `${kind}/${name}.md`, line: lineOf([prompt, kind, index]) }]
        : [],
    )
  })
}

function labelOf(entry: unknown): string | undefined {
  return isMapping(entry) && typeof entry.label === 'string' ? entry.label.trim().toLowerCase() : undefined
}

function isInternal(entry: unknown): boolean {
  return isMapping(entry) && Object.hasOwn(entry, 'internal')
}

function isInternalPromptId(id: string): id is InternalPromptId {
  return Object.hasOwn(internalPrompts, id)
}

function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
