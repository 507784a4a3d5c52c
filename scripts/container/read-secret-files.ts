import { readFile } from 'node:fs/promises'

/** Which variables may be named by a file; others that end in _FILE belong to somebody else. */
const FROM_FILE = /^(?<name>(?:[A-Z_]+_(?:SECRET|KEY|TOKEN)|(?:DIRECT_)?DATABASE_URL|PGPASSWORD))_FILE$/

/**
 * The secrets that are given as files: `AUTH_SECRET_FILE=/run/secrets/auth-secret` stands for `AUTH_SECRET` with what that
 * file holds, without the end of its last line. So they show neither in the container's description nor in a listing of processes.
 *
 * @returns the variables that they stand for
 * @throws Error that says which file cannot be read or is empty, or which secret is given twice.
 */
export async function readSecretFiles(
  source: Record<string, string | undefined>,
): Promise<Record<string, string>> {
  const secrets: Record<string, string> = {}
  for (const [variable, file] of Object.entries(source)) {
    const name = FROM_FILE.exec(variable)?.groups?.name
    if (!name || !file?.trim()) continue
    if (source[name]?.trim()) throw new Error(`${name} and ${variable} are both set: keep one of them.`)
    secrets[name] = await readSecret(variable, file)
  }
  return secrets
}

async function readSecret(variable: string, file: string): Promise<string> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EACCES') {
      const user = process.getuid?.() ?? 'unknown'
      throw new Error(`${variable} names ${file}, which the user with the number ${user} may not read.`)
    }
    throw new Error(`${variable} names ${file}, which cannot be read: ${String(error)}`)
  }
  const secret = text.replace(/[\r\n]+$/, '')
  if (!secret) throw new Error(`${variable} names ${file}, which is empty.`)
  return secret
}
