import { buildLibrary } from './build-library.ts'
import { checkFragments } from './check-fragments.ts'
import { normalizeFragment } from './compose-prompt.ts'
import { parseEntries } from './parse-entries.ts'
import { describePromptFault, PromptLibraryError } from './prompt-library-error.ts'
import type { PromptFault, PromptFiles, PromptLibrary } from './types.ts'

/**
 * Checks the library's files as a whole and makes the library of them.
 *
 * @throws PromptLibraryError with every fault, in the order of files and lines
 */
export function parseLibrary({ directory, yaml, fragments, faults }: PromptFiles): PromptLibrary {
  if (yaml === null) throw new PromptLibraryError(directory, faults)
  const entries = parseEntries(yaml)
  const check = checkFragments(entries.references, fragments)
  const allFaults = [...faults, ...entries.faults, ...check.faults]
  if (allFaults.length > 0) throw new PromptLibraryError(directory, allFaults.sort(byPlace))

  const texts = new Map([...fragments].map(([path, text]) => [path, normalizeFragment(text)]))
  const warnings = check.warnings.sort(byPlace).map((warning) => describePromptFault(directory, warning))
  return buildLibrary(entries, texts, warnings)
}

function byPlace(left: PromptFault, right: PromptFault): number {
  if (left.file !== right.file) return left.file < right.file ? -1 : 1
  return left.line - right.line
}
