import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { gunzipSync, gzipSync } from 'node:zlib'
import pg from 'pg'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { applyMigrations } from '../database/apply-migrations.ts'
import { keepSecret } from '../database/data-dir.ts'
import { listMigrations, MIGRATIONS_DIR } from '../database/migrations.ts'
import { startPostgres } from '../database/postgres-server.ts'
import { takeLock } from '../launch/lock.ts'
import { inProject } from '../launch/project.ts'
import { fillEveryTable, readEveryTable } from '../test/fill-every-table.ts'
import { makeTemporaryFolder } from '../test/make-temporary-folder.ts'

const run = promisify(execFile)

let folder: string
let dataDir: string
let external: string
let file: string

const name = `backup_${process.env.VITEST_POOL_ID}`

beforeAll(async () => {
  folder = await makeTemporaryFolder('stoa-backup')
  dataDir = path.join(folder, 'data')
  file = path.join(folder, 'stoa.backup')
  const url = new URL(inject('adminUrl'))
  await admin(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
  await admin(`CREATE DATABASE ${name}`)
  url.pathname = name
  external = url.href
})
afterAll(async () => {
  await admin(`DROP DATABASE ${name} WITH (FORCE)`)
  await rm(folder, { recursive: true })
})

async function admin(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: inject('adminUrl') })
  await client.connect()
  await client.query(statement).finally(() => client.end())
}

/** Runs a command as a person would; rejects with what it said when it fails. */
async function command(script: 'backup' | 'restore', args: string[], databaseUrl = ''): Promise<string> {
  const { PATH } = process.env
  const env: NodeJS.ProcessEnv = { NODE_ENV: 'test', PATH, STOA_DATA_DIR: dataDir, DATABASE_URL: databaseUrl }
  try {
    const { stdout } = await run(process.execPath, [inProject(`scripts/${script}.mjs`), ...args], { env })
    return stdout
  } catch (error) {
    throw new Error(String(Reflect.get(Object(error), 'stderr')))
  }
}

test('everything comes back after the data folder is destroyed, in two commands', async () => {
  const secretFile = path.join(dataDir, 'auth-secret')
  const before = await startPostgres({ dataDir, durable: false })
  await applyMigrations(before.url)
  const asSuperuser = new URL(before.adminUrl)
  asSuperuser.pathname = '/stoa'
  await fillEveryTable(asSuperuser.href)
  const secret = await keepSecret(secretFile)
  const rows = await readEveryTable(before.url)
  expect(Object.values(rows).map(({ length }) => length)).toEqual(Object.keys(rows).map(() => 3))

  const constraints = await readConstraints(before.url)
  expect(constraints.length).toBeGreaterThan(40)

  // As while Stoa runs: its launcher has the lock.
  const lock = await takeLock(path.join(dataDir, 'launcher.lock'))
  const said = await command('backup', [file])
  expect(said).toContain(`${3 * Object.keys(rows).length} rows of ${Object.keys(rows).length} tables`)
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  await expect(command('restore', [file])).rejects.toThrow(/Stoa runs on .*Stop it first/)
  await before.stop()
  await lock.release()
  await rm(dataDir, { recursive: true })

  await command('restore', [file])
  expect(await readFile(secretFile, 'utf8')).toBe(`${secret}\n`)
  const after = await startPostgres({ dataDir, durable: false })
  try {
    expect(await readEveryTable(after.url)).toEqual(rows)
    expect(await applyMigrations(after.url), 'it is migrated').toEqual([])
    expect(await readConstraints(after.url)).toEqual(constraints)
  } finally {
    await after.stop()
  }
})

/** Keys of every kind, which a restore takes away for a moment. */
async function readConstraints(url: string): Promise<unknown[]> {
  const { rows } = await withUrl(
    url,
    `SELECT conrelid::regclass::text AS table, conname, pg_get_constraintdef(oid), convalidated FROM pg_constraint
     WHERE connamespace = 'public'::regnamespace ORDER BY 1, 2`,
  )
  return rows
}

async function withUrl(url: string, statement: string): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  return client.query(statement).finally(() => client.end())
}

test('it goes into a database of another server, and overwrites only when told to', async () => {
  await command('restore', [file], external)
  const rows = await readEveryTable(external)
  expect(Object.values(rows).flat()).toHaveLength(3 * Object.keys(rows).length)

  await expect(command('backup', [file], external)).rejects.toThrow(/is there already.*--force/)
  await expect(command('restore', [file], external)).rejects.toThrow(/not empty.*--force/)
  await withUrl(external, `UPDATE "user" SET name = 'changed since'`)
  const changed = await readEveryTable(external)
  expect(changed).not.toEqual(rows)
  const secretFile = path.join(dataDir, 'auth-secret')
  await writeFile(secretFile, 'a secret that was made since, of 32 characters\n')

  const said = await command('restore', [file, '--force'], external)
  expect(await readEveryTable(external)).toEqual(rows)
  const [saved = ''] = (await readdir(dataDir)).filter((each) => each.startsWith('before-restore-'))
  expect(said).toContain(saved)
  await command('restore', [path.join(dataDir, saved), '--force'], external)
  expect(await readEveryTable(external), 'what was overwritten').toEqual(changed)
  expect(await readFile(secretFile, 'utf8')).toMatch(/^a secret that was made since/)
})

test('a backup that an older Stoa made is brought to this version', async () => {
  const [first = '', ...later] = await listMigrations(MIGRATIONS_DIR)
  const migrations = path.join(folder, 'migrations')
  const isLater = (source: string) => later.includes(path.basename(source))
  await cp(MIGRATIONS_DIR, migrations, { recursive: true, filter: (source) => !isLater(source) })
  await admin(`DROP DATABASE ${name}`)
  await admin(`CREATE DATABASE ${name}`)
  expect(await applyMigrations(external, migrations)).toEqual([first])
  await fillEveryTable(external)
  const users = await withUrl(external, 'SELECT id, name, email FROM "user" ORDER BY id')

  const old = path.join(folder, 'old.backup')
  await command('backup', [old], external)
  expect(await command('restore', [old, '--force'], external)).toContain(later.at(-1))
  expect((await withUrl(external, 'SELECT id, name, email FROM "user" ORDER BY id')).rows).toEqual(users.rows)
  expect(await applyMigrations(external)).toEqual([])
})

test.each<[string, RegExp, (content: Buffer) => Buffer]>([
  ['is cut short', /damaged/, (content) => content.subarray(0, content.length / 2)],
  [
    'was changed',
    /damaged/,
    (content) => edit(content, (text) => text.replace('-2147483647', '-2147483646')),
  ],
  ['lacks a row', /damaged/, (content) => edit(content, (text) => text.replace(/\n\[.*\n/, '\n'))],
  ['lost its end', /damaged/, (content) => edit(content, (text) => text.replace(/\n.*\n$/, '\n'))],
  ['is something else', /damaged or no backup/, () => Buffer.from('not a backup')],
  ['is of another program', /no backup of Stoa/, () => gzipSync('{"format":"another"}\n')],
  ['was made by a newer Stoa', /newer Stoa.*99990101_later/, (content) => addMigration(content)],
])('a file that %s is refused, and what is there stays', async (_, message, spoil) => {
  const spoilt = path.join(folder, 'spoilt.backup')
  await writeFile(spoilt, spoil(await readFile(file)))
  const rows = await readEveryTable(external)
  await expect(command('restore', [spoilt, '--force'], external)).rejects.toThrow(message)
  expect(await readEveryTable(external)).toEqual(rows)
})

function edit(content: Buffer, change: (text: string) => string): Buffer {
  const text = gunzipSync(content).toString()
  const changed = change(text)
  expect(changed).not.toBe(text)
  return gzipSync(changed)
}

/** As a Stoa would write it that has one more migration. */
function addMigration(content: Buffer): Buffer {
  const lines = gunzipSync(content).toString().split('\n').slice(0, -2)
  const header = JSON.parse(lines[0] ?? '')
  lines[0] = JSON.stringify({ ...header, migrations: [...header.migrations, '99990101_later'] })
  const text = lines.map((line) => `${line}\n`).join('')
  const rows = lines.filter((line) => line.startsWith('[')).length
  const sha256 = createHash('sha256').update(text).digest('hex')
  return gzipSync(`${text}${JSON.stringify({ rows, sha256 })}\n`)
}
