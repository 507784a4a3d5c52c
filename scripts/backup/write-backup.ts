import { createHash, randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { link, open, rename, rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type pg from 'pg'
import { LaunchError } from '../launch/launch-error.ts'
import { type BackupHeader, FORMAT } from './backup-format.ts'
import { readAppliedMigrations, readTables, type Table } from './tables.ts'
import { inTransaction, withClient } from './with-client.ts'

/** A row can hold a million characters. */
const ROWS_AT_ONCE = 100

interface BackupOptions {
  authSecret?: string | undefined
  /** Whether a file that is there may be replaced. */
  force?: boolean
}

/**
 * Writes all that is in a database to a file that only its owner may read, as it is at one moment; Stoa may run meanwhile.
 * A file that is named `file` is always a whole one.
 *
 * @returns how many rows of how many tables
 * @throws LaunchError when the file is there, or the database has no tables of ours
 */
export async function writeBackup(
  databaseUrl: string,
  file: string,
  { authSecret, force = false }: BackupOptions = {},
): Promise<{ rows: number; tables: number }> {
  const draft = `${file}.${randomUUID()}`
  try {
    const written = await withClient(databaseUrl, (client) =>
      inTransaction(client, 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY', async () => {
        const header = await headerOf(client, authSecret)
        const tables = await readTables(client)
        const content = new BackupContent(client, header, tables)
        const output = createWriteStream(draft, { mode: 0o600, flags: 'wx' })
        await pipeline(Readable.from(content.chunks()), createGzip(), output)
        return { rows: content.rows, tables: tables.length }
      }),
    )
    await flush(draft)
    await place(draft, file, force)
    return written
  } finally {
    await rm(draft, { force: true })
  }
}

async function headerOf(client: pg.Client, authSecret: string | undefined): Promise<BackupHeader> {
  const migrations = await readAppliedMigrations(client)
  if (migrations.length === 0)
    throw new LaunchError('This database holds nothing of Stoa: there is nothing to back up.')
  const { rows } = await client.query<{ server_version: string; now: Date }>(
    `SELECT current_setting('server_version') AS server_version, now()`,
  )
  const [{ server_version: postgres, now } = { server_version: 'unknown', now: new Date() }] = rows
  return {
    format: FORMAT,
    madeAt: now.toISOString(),
    postgres,
    migrations,
    ...(authSecret !== undefined && { authSecret }),
  }
}

/** The lines of a backup, one table after the other, no more of it in memory than one batch of rows. */
class BackupContent {
  rows = 0
  readonly #client: pg.Client
  readonly #header: BackupHeader
  readonly #tables: Table[]
  readonly #hash = createHash('sha256')

  constructor(client: pg.Client, header: BackupHeader, tables: Table[]) {
    this.#client = client
    this.#header = header
    this.#tables = tables
  }

  async *chunks(): AsyncGenerator<Buffer> {
    yield this.#lines([JSON.stringify(this.#header)])
    for (const table of this.#tables) {
      yield this.#lines([
        JSON.stringify({ table: table.name, columns: table.columns.map(({ name }) => name) }),
      ])
      for await (const rows of readRows(this.#client, table)) {
        this.rows += rows.length
        yield this.#lines(rows)
      }
    }
    yield Buffer.from(`${JSON.stringify({ rows: this.rows, sha256: this.#hash.digest('hex') })}\n`)
  }

  #lines(lines: string[]): Buffer {
    const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''))
    this.#hash.update(bytes)
    return bytes
  }
}

async function* readRows(client: pg.Client, { name, columns }: Table): AsyncGenerator<string[]> {
  const values = columns.map((column) => `${client.escapeIdentifier(column.name)}::text`)
  await client.query(
    `DECLARE rows NO SCROLL CURSOR FOR
     SELECT json_build_array(${values.join(', ')})::text AS row FROM ${client.escapeIdentifier(name)}`,
  )
  for (;;) {
    const { rows } = await client.query<{ row: string }>(`FETCH ${ROWS_AT_ONCE} FROM rows`)
    if (rows.length > 0) yield rows.map(({ row }) => row)
    if (rows.length < ROWS_AT_ONCE) break
  }
  await client.query('CLOSE rows')
}

async function flush(file: string): Promise<void> {
  const handle = await open(file, 'r+')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function place(draft: string, file: string, force: boolean): Promise<void> {
  if (force) return rename(draft, file)
  try {
    await link(draft, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    throw new LaunchError(`${file} is there already. Name another file, or replace it with --force.`)
  }
}
