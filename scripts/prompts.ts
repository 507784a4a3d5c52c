import { parseArgs } from 'node:util'
import { countTokens } from '#lib/chat/count-tokens.ts'
import { intensities } from '#lib/chat/types.ts'
import { EnvError } from '#lib/env.ts'
import { AppError } from '#lib/errors.ts'
import { loadPromptLibrary } from '#lib/prompts/library.ts'
import { PromptLibraryError } from '#lib/prompts/prompt-library-error.ts'
import type { ComposedText, PromptLibrary } from '#lib/prompts/types.ts'
import { readEnvironment } from './launch/read-environment.ts'

const USAGE = `npm run prompts                            check the library and print each composed prompt
npm run prompts -- --persona tutor         only that of one persona
npm run prompts -- --intensity high        at this intensity, not at each persona's own
npm run prompts -- --check                 print only what is wrong`

class UsageError extends Error {
  constructor(problem: string) {
    super(`${problem}\n\n${USAGE}`)
  }
}

try {
  const { persona, intensity, check } = readOptions()
  const library = loadPromptLibrary(readEnvironment().env.STOA_PROMPTS_DIR)
  if (!check) {
    const personas = persona === undefined ? library.personas.map(({ id }) => id) : [persona]
    for (const id of personas) {
      const composed = library.composePersona(id, intensity)
      print(`${id}, intensity ${composed.intensity}`, composed)
    }
    if (persona === undefined) printInternalPrompts(library)
  }
  for (const warning of library.warnings) console.log(`Warning: ${warning}`)
  console.log(summarize(library))
} catch (error) {
  if (!isExpected(error)) throw error
  console.error(error instanceof AppError ? error.userMessage : error.message)
  process.exitCode = 1
}

function readOptions() {
  const { persona, check, ...chosen } = readArguments()
  const intensity = intensities.find((one) => one === chosen.intensity) ?? null
  if (chosen.intensity !== undefined && intensity === null) {
    throw new UsageError(`--intensity wants one of ${intensities.join(', ')}.`)
  }
  return { persona, check, intensity }
}

function readArguments() {
  const text = { type: 'string' } as const
  try {
    return parseArgs({ options: { persona: text, intensity: text, check: { type: 'boolean' } } }).values
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

/** As the program fills them in, with each variable's name in the place of its value. */
function printInternalPrompts(library: PromptLibrary): void {
  print('title', library.composePrompt('title', { input: '{input}' }))
  const variables = { existing_summary: '{existing_summary}', input: '{input}' }
  print('summarizer', library.composePrompt('summarizer', variables))
}

function print(name: string, { text, hash, fragments }: ComposedText): void {
  const files = fragments.map(({ path }) => path).join(', ')
  console.log(`━━━ ${name}\n    ${countTokens(text)} tokens, sha256 ${hash}\n    ${files}\n\n${text}\n`)
}

function summarize({ personas, defaultPersona, warnings }: PromptLibrary): string {
  const count = warnings.length === 1 ? '1 warning' : `${warnings.length} warnings`
  return `${personas.length} personas (default: ${defaultPersona}), no faults, ${count}.`
}

function isExpected(error: unknown): error is Error {
  return [PromptLibraryError, EnvError, AppError, UsageError].some((kind) => error instanceof kind)
}
