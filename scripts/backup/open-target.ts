import { access, readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Env } from '#lib/env.ts'
import { openDataDir } from '../database/data-dir.ts'
import { findRunningPostgres, startPostgres } from '../database/postgres-server.ts'
import { LaunchError } from '../launch/launch-error.ts'
import { LockHeldError } from '../launch/lock.ts'
import { lockDataDir } from '../launch/lock-data-dir.ts'

/** The database that this Stoa uses, open for a backup or a restore. */
export interface Target {
  url: string
  /** Where it is, in words without a password. */
  place: string
  close(): Promise<void>
}

type Place = Pick<Env, 'DATABASE_URL' | 'DIRECT_DATABASE_URL' | 'STOA_DATA_DIR'>

const nothing = async () => {}

/**
 * For reading: the configured database, or our own, whether Stoa runs on it or not.
 *
 * @throws LaunchError when there is none
 */
export async function openToRead(env: Place): Promise<Target> {
  const { STOA_DATA_DIR } = env
  const url = configuredUrl(env)
  if (url !== undefined) return configured(url)
  // Made at the first start: without it there is nothing to read, and none is made for that.
  await access(path.join(STOA_DATA_DIR, 'database-password')).catch((cause: unknown) => {
    throw new LaunchError(
      `There is no database in ${STOA_DATA_DIR}: STOA_DATA_DIR or DATABASE_URL says where it is.`,
      {
        cause,
      },
    )
  })
  try {
    return await openOwn(STOA_DATA_DIR)
  } catch (error) {
    if (!(error instanceof LockHeldError)) throw error
    const url = await findRunningPostgres(STOA_DATA_DIR)
    if (url === undefined) throw error
    return { url, place: STOA_DATA_DIR, close: nothing }
  }
}

/**
 * For replacing what is in it: nobody else may use it meanwhile.
 *
 * @throws LaunchError while Stoa runs on our own database
 */
export async function openToReplace(env: Place): Promise<Target> {
  await openDataDir(env.STOA_DATA_DIR)
  const url = configuredUrl(env)
  if (url !== undefined) return configured(url)
  return openOwn(env.STOA_DATA_DIR).catch((error: unknown) => {
    if (!(error instanceof LockHeldError)) throw error
    throw new LaunchError(
      `Stoa runs on ${env.STOA_DATA_DIR} (process ${error.pid}). Stop it first, and start it again once this is done.`,
      { cause: error },
    )
  })
}

/** A pooler would take away what a session was told. */
function configuredUrl({ DATABASE_URL, DIRECT_DATABASE_URL }: Place): string | undefined {
  return DATABASE_URL === undefined ? undefined : (DIRECT_DATABASE_URL ?? DATABASE_URL)
}

/** The secret that signs the sessions, when the data folder keeps it. */
export async function readAuthSecret({
  STOA_DATA_DIR,
}: Pick<Env, 'STOA_DATA_DIR'>): Promise<string | undefined> {
  const text = await readFile(authSecretFile({ STOA_DATA_DIR }), 'utf8').catch(() => undefined)
  return text?.trim() || undefined
}

export function authSecretFile({ STOA_DATA_DIR }: Pick<Env, 'STOA_DATA_DIR'>): string {
  return path.join(STOA_DATA_DIR, 'auth-secret')
}

async function openOwn(dataDir: string): Promise<Target> {
  const lock = await lockDataDir(dataDir)
  try {
    const postgres = await startPostgres({ dataDir })
    return {
      url: postgres.url,
      place: postgres.folder,
      async close() {
        await postgres.stop()
        await lock.release()
      },
    }
  } catch (error) {
    await lock.release()
    throw error
  }
}

function configured(databaseUrl: string): Target {
  const { hostname, port, pathname } = new URL(databaseUrl)
  return {
    url: databaseUrl,
    place: `database ${pathname.slice(1)} on ${hostname}:${port || 5432}`,
    close: nothing,
  }
}
