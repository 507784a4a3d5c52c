import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, inject, test, vi } from 'vitest'
import { applyMigrations, MIGRATION_LOCK } from './apply-migrations.ts'
import { diffSchema } from './diff-schema.ts'
import { listMigrations, MIGRATIONS_DIR, readMigrations } from './migrations.ts'
import { NO_FILTERS, withSchemaEngine } from './schema-engine.ts'

const schemaFile = path.join(MIGRATIONS_DIR, '..', 'schema.prisma')
const adminUrl = inject('adminUrl')
const database = `migrations_${process.env.VITEST_POOL_ID}`
const url = new URL(adminUrl)
url.pathname = database

let admin: pg.Client
let folder: string

beforeEach(async () => {
  folder = path.join(await mkdtemp(path.join(tmpdir(), 'stoa-migrations-')), 'migrations')
  await cp(MIGRATIONS_DIR, folder, { recursive: true })
  admin = new pg.Client({ connectionString: adminUrl })
  await admin.connect()
  await admin.query(`CREATE DATABASE ${database}`)
})

afterEach(async () => {
  await admin.query(`DROP DATABASE ${database} WITH (FORCE)`)
  await admin.end()
  await rm(path.dirname(folder), { recursive: true })
})

async function addMigration(name: string, script: string) {
  await mkdir(path.join(folder, name))
  await writeFile(path.join(folder, name, 'migration.sql'), script)
}

async function query(text: string) {
  const client = new pg.Client({ connectionString: url.href })
  await client.connect()
  try {
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}

describe('applyMigrations', () => {
  test('applies every migration once, with the history that Prisma itself keeps', async () => {
    const names = await listMigrations(folder)
    expect(await applyMigrations(url.href, folder)).toEqual(names)
    expect(await applyMigrations(url.href, folder)).toEqual([])

    const migrationsList = await readMigrations(folder)
    const history = await withSchemaEngine(url.href, undefined, (engine) =>
      engine.diagnoseMigrationHistory({ migrationsList, optInToShadowDatabase: false, filters: NO_FILTERS }),
    )
    expect(history).toMatchObject({
      editedMigrationNames: [],
      failedMigrationNames: [],
      hasMigrationsTable: true,
      history: null,
    })
  })

  test('lets instances that start at once take turns', async () => {
    const other = new pg.Client({ connectionString: url.href })
    await other.connect()
    await other.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK])
    const applied = Promise.all([1, 2, 3].map(() => applyMigrations(url.href, folder)))
    await vi.waitFor(async () => {
      const [waiting] = await query(`SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted`)
      expect(waiting).toBeDefined()
    })
    expect(await query(`SELECT to_regclass('_prisma_migrations') AS name`)).toEqual([{ name: null }])
    await other.end()
    expect((await applied).flat()).toEqual(await listMigrations(folder))
  })

  test('adds only what is new, semicolons in functions and all', async () => {
    await applyMigrations(url.href, folder)
    const name = '99990101000000_function'
    await addMigration(
      name,
      `CREATE FUNCTION one() RETURNS integer AS $$ BEGIN RETURN 1; END; $$ LANGUAGE plpgsql; CREATE TABLE t AS SELECT ';' AS c;`,
    )
    expect(await applyMigrations(url.href, folder)).toEqual([name])
    expect(await query('SELECT one(), c FROM t')).toEqual([{ one: 1, c: ';' }])
  })

  test('leaves nothing behind of a migration that fails, and says which it was', async () => {
    await addMigration('99990101000000_broken', 'CREATE TABLE half_done (id integer); SELECT nonsense;')
    await expect(applyMigrations(url.href, folder)).rejects.toThrow(/99990101000000_broken/)
    expect(await query(`SELECT to_regclass('half_done') AS name`)).toEqual([{ name: null }])
    await expect(applyMigrations(url.href, folder)).rejects.toThrow(/failed migrations/)
  })
})

describe('the migrations in the repository', () => {
  test('lead to the schema', async () => {
    const schema = await readFile(schemaFile, 'utf8')
    expect(await diffSchema(adminUrl, await readMigrations(MIGRATIONS_DIR), schema)).toBe('')
  })

  test('are only added to: the partial indexes, which the schema cannot name, stay', async () => {
    const schema = (await readFile(schemaFile, 'utf8')).replace(
      'model Generation {',
      'model Generation {\n  note String?\n',
    )
    const script = await diffSchema(adminUrl, await readMigrations(MIGRATIONS_DIR), schema)
    expect(script).toBe('-- AlterTable\nALTER TABLE "generation" ADD COLUMN     "note" TEXT;\n')
  })

  test('allow one streaming answer in a conversation', async () => {
    await applyMigrations(url.href, folder)
    const indexes = await query(
      `SELECT indexdef FROM pg_indexes WHERE indexname = 'generation_one_streaming'`,
    )
    expect(indexes[0].indexdef).toMatch(/UNIQUE INDEX .* WHERE \(status = 'streaming'/)
  })
})
