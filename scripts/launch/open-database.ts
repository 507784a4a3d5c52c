import type { Env } from '#lib/env.ts'
import { applyMigrations } from '../database/apply-migrations.ts'
import { startPostgres } from '../database/postgres-server.ts'
import { LaunchError } from './launch-error.ts'

type DatabaseAddresses = Pick<Env, 'DATABASE_URL' | 'DIRECT_DATABASE_URL'>

export interface LaunchDatabase {
  url: string
  /** Where the data lies, in words. */
  place: string
  stop(): Promise<void>
}

/**
 * The database of a launch, migrated: the configured one, or our own in the data folder.
 *
 * @throws Error that names the place when it cannot be used.
 */
export async function openDatabase(
  { DATABASE_URL: databaseUrl, DIRECT_DATABASE_URL: directUrl }: DatabaseAddresses,
  dataDir: string,
): Promise<LaunchDatabase> {
  if (databaseUrl === undefined) {
    const postgres = await startPostgres({ dataDir })
    const database = { url: postgres.url, place: postgres.folder, stop: postgres.stop }
    return migrate(database)
  }
  const { hostname, port, pathname } = new URL(databaseUrl)
  const place = `database ${pathname.slice(1)} on ${hostname}:${port || 5432}`
  return migrate({ url: databaseUrl, place, stop: async () => {} }, directUrl)
}

async function migrate(database: LaunchDatabase, address = database.url): Promise<LaunchDatabase> {
  try {
    await applyMigrations(address)
    return database
  } catch (cause) {
    await database.stop()
    throw new LaunchError(`The migrations could not be applied to ${database.place}: ${messageOf(cause)}`, {
      cause,
    })
  }
}

function messageOf(error: unknown): string {
  // An address that resolves to several IPs fails with all their errors at once, and an empty message.
  if (error instanceof AggregateError) return error.errors.map(messageOf).join('; ')
  return error instanceof Error ? error.message : String(error)
}
