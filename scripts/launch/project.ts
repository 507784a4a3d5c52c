import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** The clone that this file is in, wherever we were started from. */
export const PROJECT_DIR = fileURLToPath(new URL('../..', import.meta.url)).replace(/[/\\]$/, '')

/** The file of the clone with that path. */
export function inProject(...segments: string[]): string {
  return path.join(PROJECT_DIR, ...segments)
}
