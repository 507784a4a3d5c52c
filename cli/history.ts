import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { configFolder } from './sign-in.ts'

function historyFile(): string {
  return path.join(configFolder(), 'history.json')
}

/** What was typed before, newest first; nothing when that cannot be read: it is not worth a refusal. */
export async function readHistory(): Promise<string[]> {
  try {
    const history: unknown = JSON.parse(await readFile(historyFile(), 'utf8'))
    return Array.isArray(history) ? history.filter((line) => typeof line === 'string') : []
  } catch {
    return []
  }
}

/** Keeps what was typed, for this user of the machine alone. */
export async function keepHistory(history: string[]): Promise<void> {
  await mkdir(configFolder(), { recursive: true, mode: 0o700 })
  await writeFile(historyFile(), JSON.stringify(history), { mode: 0o600 })
  // The mode above is for a new file only.
  await chmod(historyFile(), 0o600)
}
