import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type pg from 'pg'
import { applyMigrations } from '../database/apply-migrations.ts'
import { listMigrations, MIGRATIONS_DIR } from '../database/migrations.ts'
import { LaunchError } from '../launch/launch-error.ts'
import type { BackupHeader, RowBatch } from './backup-format.ts'
import { readBatches } from './read-backup.ts'
import { readTables, type Table } from './tables.ts'
import { inTransaction, withClient } from './with-client.ts'

/**
 * Puts a checked backup into a database: whatever is there goes, the tables are made as they were when it was written,
 * filled in one transaction, and then brought to what this Stoa wants.
 *
 * @returns the migrations that were applied to it afterwards
 * @throws LaunchError when a newer Stoa made it. Whatever fails while it is filled leaves a database without rows.
 */
export async function restoreBackup(
  databaseUrl: string,
  file: string,
  header: Pick<BackupHeader, 'migrations'>,
): Promise<string[]> {
  await refuseNewer(header.migrations)
  await withClient(databaseUrl, clear)
  await migrateAsItWas(databaseUrl, header.migrations)
  await withClient(databaseUrl, (client) => inTransaction(client, 'BEGIN', () => fill(client, file)))
  const applied = await applyMigrations(databaseUrl)
  await withClient(databaseUrl, (client) => client.query('ANALYZE'))
  return applied
}

async function refuseNewer(migrations: string[]): Promise<void> {
  const known = new Set(await listMigrations(MIGRATIONS_DIR))
  const unknown = migrations.filter((name) => !known.has(name))
  if (unknown.length === 0) return
  throw new LaunchError(
    `A newer Stoa made this backup (this one does not know ${unknown.join(', ')}): restore it with that one.`,
  )
}

/** Takes away what our migrations and pg-boss made; extensions stay. */
async function clear(client: pg.Client): Promise<void> {
  await inTransaction(client, 'BEGIN', async () => {
    const { rows } = await client.query<{ statement: string }>(
      `SELECT format('DROP TABLE %I.%I CASCADE', schemaname, tablename) AS statement FROM pg_tables WHERE schemaname = 'public'
       UNION ALL
       SELECT format('DROP FUNCTION IF EXISTS %s CASCADE', p.oid::regprocedure) FROM pg_proc p
       WHERE p.pronamespace = 'public'::regnamespace AND p.prokind = 'f'
         AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
       UNION ALL
       SELECT format('DROP TYPE IF EXISTS %s CASCADE', t.oid::regtype) FROM pg_type t
       WHERE t.typnamespace = 'public'::regnamespace AND t.typtype = 'e'
         AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = t.oid AND d.deptype = 'e')
       UNION ALL
       SELECT 'DROP SCHEMA pgboss CASCADE' WHERE to_regnamespace('pgboss') IS NOT NULL`,
    )
    for (const { statement } of rows) await client.query(statement)
  })
}

/** Only the migrations that the backup knows. */
async function migrateAsItWas(databaseUrl: string, migrations: string[]): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'stoa-migrations-'))
  try {
    const kept = new Set(migrations)
    const later = (await listMigrations(MIGRATIONS_DIR)).filter((name) => !kept.has(name))
    const left = new Set(later.map((name) => path.join(MIGRATIONS_DIR, name)))
    await cp(MIGRATIONS_DIR, folder, { recursive: true, filter: (source) => !left.has(source) })
    await applyMigrations(databaseUrl, folder)
  } finally {
    await rm(folder, { recursive: true })
  }
}

async function fill(client: pg.Client, file: string): Promise<void> {
  const tables = new Map((await readTables(client)).map((table) => [table.name, table]))
  const keys = await dropForeignKeys(client)
  // Migrations may have written rows of their own, which the backup holds as they became.
  const names = [...tables.keys()].map((name) => client.escapeIdentifier(name))
  await client.query(`TRUNCATE ${names.join(', ')}`)
  // What they would write is in the backup, too.
  for (const name of names) await client.query(`ALTER TABLE ${name} DISABLE TRIGGER USER`)
  for await (const batch of readBatches(file)) await insert(client, tables.get(batch.table.table), batch)
  for (const name of names) await client.query(`ALTER TABLE ${name} ENABLE TRIGGER USER`)
  // Rows refer to one another in circles, so that no order suits; made again, the keys check them all.
  for (const { table, name, definition } of keys) {
    await client.query(`ALTER TABLE ${table} ADD CONSTRAINT ${client.escapeIdentifier(name)} ${definition}`)
  }
}

interface ForeignKey {
  table: string
  name: string
  definition: string
}

async function dropForeignKeys(client: pg.Client): Promise<ForeignKey[]> {
  const { rows } = await client.query<ForeignKey>(
    `SELECT conrelid::regclass::text AS table, conname AS name, pg_get_constraintdef(oid) AS definition
     FROM pg_constraint WHERE contype = 'f' AND connamespace = 'public'::regnamespace ORDER BY 1, 2`,
  )
  for (const { table, name } of rows) {
    await client.query(`ALTER TABLE ${table} DROP CONSTRAINT ${client.escapeIdentifier(name)}`)
  }
  return rows
}

async function insert(client: pg.Client, known: Table | undefined, { table, rows }: RowBatch): Promise<void> {
  const types = new Map(known?.columns.map(({ name, type }) => [name, type]))
  const values = table.columns.map((column, index) => {
    const type = types.get(column)
    if (type === undefined)
      throw new LaunchError(`The backup has a column that no table has: ${table.table}.${column}.`)
    return `(row ->> ${index})::${type}`
  })
  const columns = table.columns.map((column) => client.escapeIdentifier(column))
  await client.query(
    `INSERT INTO ${client.escapeIdentifier(table.table)} (${columns.join(', ')})
     SELECT ${values.join(', ')} FROM jsonb_array_elements($1::jsonb) AS row`,
    [`[${rows.join(',')}]`],
  )
}
