import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import path from 'node:path'
import { z } from 'zod'
import { Failure } from './failure.ts'

const signInSchema = z.object({ url: z.url(), token: z.string().min(1) })

/** Which server, and by which token. */
export type SignIn = z.infer<typeof signInSchema>

/** Where the sign-in and the history of what was typed are kept. */
export function configFolder(): string {
  return path.join(process.env.XDG_CONFIG_HOME || path.join(homedir(), '.config'), 'stoa')
}

function signInFile(): string {
  return path.join(configFolder(), 'sign-in.json')
}

/**
 * The kept sign-in; STOA_URL and STOA_TOKEN, for scripts, win over it.
 *
 * @throws Failure signed_out
 */
export async function readSignIn(): Promise<SignIn> {
  const { STOA_URL: url, STOA_TOKEN: token } = process.env
  if (url && token) return { url, token }
  try {
    return signInSchema.parse(JSON.parse(await readFile(signInFile(), 'utf8')))
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code !== 'ENOENT') {
      throw new Failure('signed_out', `${signInFile()} cannot be read: ${cause.message}`)
    }
    throw new Failure('signed_out', 'You are not signed in. Run: stoa login URL')
  }
}

/** Keeps it for this user of the machine alone. */
export async function keepSignIn(signIn: SignIn): Promise<void> {
  await mkdir(configFolder(), { recursive: true, mode: 0o700 })
  await writeFile(signInFile(), `${JSON.stringify(signIn)}\n`, { mode: 0o600 })
  // The mode above is for a new file only.
  await chmod(signInFile(), 0o600)
}

export async function forgetSignIn(): Promise<void> {
  await rm(signInFile(), { force: true })
}
