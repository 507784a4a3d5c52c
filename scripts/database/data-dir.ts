import { randomBytes, randomUUID } from 'node:crypto'
import { chmod, link, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { LaunchError } from '../launch/launch-error.ts'

/**
 * Makes the data folder if it is not there. Root's may be passed through, because PostgreSQL runs in it as another user;
 * everything secret in it has a mode of its own. A folder with files in it keeps the mode it has.
 */
export async function openDataDir(dataDir: string): Promise<void> {
  await mkdir(dataDir, { recursive: true })
  const isNew = (await readdir(dataDir)).length === 0
  if (isNew) await chmod(dataDir, process.getuid?.() === 0 ? 0o711 : 0o700)
}

/**
 * The secret kept in a file that only its owner reads, made at the first call: 256 random bits as base64url.
 * Two that make it at once get the same one.
 */
export async function keepSecret(file: string): Promise<string> {
  const kept = await readSecret(file)
  if (kept) return kept
  const draft = `${file}.${randomUUID()}`
  await writeFile(draft, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600 })
  try {
    await link(draft, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    await rm(draft, { force: true })
  }
  const secret = await readSecret(file)
  if (!secret) throw new LaunchError(`${file} is empty: delete it to have a new secret made.`)
  return secret
}

async function readSecret(file: string): Promise<string | undefined> {
  try {
    return (await readFile(file, 'utf8')).trim() || undefined
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
