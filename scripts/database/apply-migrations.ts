import pg from 'pg'
import { listMigrations, MIGRATIONS_DIR, readMigrations } from './migrations.ts'
import { NO_FILTERS, withSchemaEngine } from './schema-engine.ts'

/** Ours alone: the engine takes a lock of its own, with another number, while it works. */
export const MIGRATION_LOCK = 7_805_300_197

/**
 * Brings a database to the newest migration. Instances that start at once take turns; a database that has every migration
 * is only asked for their names.
 *
 * @returns The names of the migrations that were applied now.
 * @throws Error with the engine's words when one fails; later starts fail too until it is resolved (`prisma migrate resolve`).
 */
export async function applyMigrations(databaseUrl: string, folder = MIGRATIONS_DIR): Promise<string[]> {
  const wanted = await listMigrations(folder)
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 })
  await client.connect()
  try {
    if (await hasAll(client, wanted)) return []
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK])
    if (await hasAll(client, wanted)) return []
    const migrationsList = await readMigrations(folder)
    const { appliedMigrationNames } = await withSchemaEngine(databaseUrl, undefined, (engine) =>
      engine.applyMigrations({ migrationsList, filters: NO_FILTERS }),
    )
    return appliedMigrationNames
  } finally {
    await client.end() // Which gives the lock back.
  }
}

async function hasAll(client: pg.Client, wanted: string[]): Promise<boolean> {
  const table = await client.query(`SELECT to_regclass('_prisma_migrations') AS name`)
  if (table.rows[0]?.name === null) return false
  const { rows } = await client.query<{ migration_name: string }>(
    'SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL',
  )
  const applied = new Set(rows.map((row) => row.migration_name))
  return wanted.every((name) => applied.has(name))
}
