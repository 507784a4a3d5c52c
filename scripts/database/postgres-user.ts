import { execFile } from 'node:child_process'
import { stat } from 'node:fs/promises'
import { promisify } from 'node:util'
import { LaunchError } from '../launch/launch-error.ts'

const run = promisify(execFile)

/** Whose processes and files PostgreSQL's are. */
export interface PostgresUser {
  uid: number
  gid: number
}

/**
 * Whom PostgreSQL has to run as: `undefined` means as ourselves. It refuses to run as root, so root runs an existing
 * cluster as its owner, and a new one as the user `postgres`, which is created when there is none.
 *
 * @throws Error when root can neither find nor create that user.
 */
export async function findPostgresUser(clusterDir: string): Promise<PostgresUser | undefined> {
  if (process.getuid?.() !== 0) return undefined
  const owner = await stat(clusterDir).catch(() => undefined)
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }
  return (await lookUp('postgres')) ?? (await createUser('postgres'))
}

async function lookUp(name: string): Promise<PostgresUser | undefined> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])])
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) }
  } catch {
    return undefined // `id` fails for a name that does not exist.
  }
}

async function createUser(name: string): Promise<PostgresUser> {
  const remedy = 'Start Stoa as an ordinary user, or set DATABASE_URL to a database of your own.'
  try {
    await run('useradd', [
      '--system',
      '--user-group',
      '--no-create-home',
      '--shell',
      '/usr/sbin/nologin',
      name,
    ])
  } catch (cause) {
    throw new LaunchError(
      `PostgreSQL does not run as root, and the user "${name}" could not be created. ${remedy}`,
      { cause },
    )
  }
  const user = await lookUp(name)
  if (!user)
    throw new LaunchError(
      `PostgreSQL does not run as root, and the user "${name}" cannot be found. ${remedy}`,
    )
  return user
}
