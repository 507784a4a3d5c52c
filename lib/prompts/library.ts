import { env } from '#lib/env.ts'
import { parseLibrary } from './parse-library.ts'
import { PromptLibraryError } from './prompt-library-error.ts'
import { readPromptFiles } from './read-prompt-files.ts'
import type { PromptFiles, PromptLibrary } from './types.ts'

export type { ComposedPrompt, ComposedText, PromptLibrary } from './types.ts'

interface Loaded {
  /** The text of the files: when it changes, they are parsed again. */
  text: string
  /** The newest that can serve. */
  library: PromptLibrary | null
  /** Why the newest files do not serve. */
  error: PromptLibraryError | null
}

/** Next loads a module once per layer, but the process has one library. */
const shared = globalThis as typeof globalThis & { stoaPrompts?: Loaded }

/**
 * The prompt library of this server, read and checked once. In development it is read again when a file changed, and
 * after a bad edit the last good one goes on serving.
 *
 * @throws PromptLibraryError when there is none that can serve
 */
export function promptLibrary(): PromptLibrary {
  const { library, error } = load()
  if (library) return library
  throw error
}

/** In development, what is wrong with an edit that therefore does not serve; NULL when all is well. */
export function promptLibraryFault(): string | null {
  return load().error?.message ?? null
}

/**
 * Reads and checks a library.
 *
 * @param directory the folder with prompts.yaml
 * @throws PromptLibraryError
 */
export function loadPromptLibrary(directory: string): PromptLibrary {
  return parseLibrary(readPromptFiles(directory))
}

function load(): Loaded {
  const { NODE_ENV, STOA_PROMPTS_DIR } = env()
  const last = shared.stoaPrompts
  if (last?.library && NODE_ENV !== 'development') return last

  const files = readPromptFiles(STOA_PROMPTS_DIR)
  const text = JSON.stringify({ ...files, fragments: [...files.fragments] })
  if (last?.text === text) return last
  shared.stoaPrompts = { text, ...parse(files, last?.library ?? null) }
  return shared.stoaPrompts
}

function parse(files: PromptFiles, lastGood: PromptLibrary | null): Omit<Loaded, 'text'> {
  try {
    return { library: parseLibrary(files), error: null }
  } catch (error) {
    if (!(error instanceof PromptLibraryError)) throw error
    return { library: lastGood, error }
  }
}
