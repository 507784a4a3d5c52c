import { readFile } from 'node:fs/promises'
import path from 'node:path'

let known: Promise<string | null> | undefined

/** What tells this build from others; NULL where the server runs without one (`next dev`). */
export function buildId(): Promise<string | null> {
  known ??= readFile(path.join(process.cwd(), '.next/BUILD_ID'), 'utf8').then(
    (id) => id.trim(),
    () => null,
  )
  return known
}
