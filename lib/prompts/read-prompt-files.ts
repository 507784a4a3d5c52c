import { isUtf8 } from 'node:buffer'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { PROMPTS_FILE } from './parse-entries.ts'
import { fragmentKinds, type PromptFault, type PromptFiles } from './types.ts'

/**
 * Reads a library's files. What cannot be read (missing, forbidden, not UTF-8) becomes a fault, so that it is told
 * together with whatever else is wrong.
 *
 * @param directory the folder with prompts.yaml and the folders of fragments
 */
export function readPromptFiles(directory: string): PromptFiles {
  const faults: PromptFault[] = []
  const report = (file: string, message: string) => faults.push({ file, line: 1, message })

  function readText(file: string): string | null {
    try {
      const bytes = readFileSync(path.join(directory, file))
      if (!isUtf8(bytes)) report(file, 'the file is not UTF-8')
      // TextDecoder, unlike toString, leaves a byte order mark out.
      return new TextDecoder().decode(bytes)
    } catch (error) {
      report(file, isMissing(error) ? 'the file is missing' : `the file cannot be read: ${String(error)}`)
      return null
    }
  }

  function listFragments(kind: string): string[] {
    try {
      const names = readdirSync(path.join(directory, kind)).filter((name) => name.endsWith('.md'))
      return names.sort().map((name) => `${kind}/${name}`)
    } catch (error) {
      // Not every library has styles; a fragment that is missed is told of by the prompt that names it.
      if (!isMissing(error)) report(kind, `the folder cannot be read: ${String(error)}`)
      return []
    }
  }

  const yaml = readText(PROMPTS_FILE)
  const fragments = new Map<string, string>()
  for (const file of fragmentKinds.flatMap(listFragments)) {
    const text = readText(file)
    if (text !== null) fragments.set(file, text)
  }
  return { directory, yaml, fragments, faults }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}
