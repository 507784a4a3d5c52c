import path from 'node:path'
import type { PromptFault } from './types.ts'

/** The library cannot serve: every fault at once, one line each, as `prompts/core/identity.md:3: …`. */
export class PromptLibraryError extends Error {
  override readonly name = 'PromptLibraryError'
  readonly faults: PromptFault[]

  constructor(directory: string, faults: PromptFault[]) {
    const lines = faults.map((fault) => `  ${describePromptFault(directory, fault)}`)
    super(
      `The prompt library has ${faults.length === 1 ? 'a fault' : `${faults.length} faults`}:\n${lines.join('\n')}`,
    )
    this.faults = faults
  }
}

/** One line that editors and terminals can follow. */
export function describePromptFault(directory: string, { file, line, message }: PromptFault): string {
  const fromHere = path.relative('', directory)
  return `${path.join(fromHere.startsWith('..') ? directory : fromHere, file)}:${line}: ${message}`
}
