import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { waitForExit } from '../launch/processes.ts'
import { makeTemporaryFolder } from '../test/make-temporary-folder.ts'
import { placePostgres } from './postgres-place.ts'
import { findPostmaster } from './postgres-process.ts'
import { startPostgres } from './postgres-server.ts'

const isRoot = process.getuid?.() === 0

let dataDir: string

beforeEach(async () => {
  dataDir = await makeTemporaryFolder('stoa-postgres')
})

afterEach(() => rm(dataDir, { recursive: true }))

async function query(url: string, text: string) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}

describe('startPostgres', () => {
  test('keeps data and password across starts, on loopback, in UTF-8, for a role that is nobody special', async () => {
    const first = await startPostgres({ dataDir })
    await query(first.url, 'CREATE TABLE kept AS SELECT 1 AS one')
    await first.stop()
    expect(await findPostmaster(first.folder)).toBeUndefined()

    const second = await startPostgres({ dataDir })
    try {
      expect(await query(second.url, 'SELECT one FROM kept')).toEqual([{ one: 1 }])
      const [facts] = await query(
        second.url,
        `SELECT current_setting('listen_addresses') AS host, current_setting('server_encoding') AS encoding,
                current_setting('fsync') AS fsync, lower('ÄÖ') AS lower, usesuper AS super
         FROM pg_user WHERE usename = current_user`,
      )
      expect(facts).toEqual({ host: '127.0.0.1', encoding: 'UTF8', fsync: 'on', lower: 'äö', super: false })
      const { password } = new URL(second.url)
      expect((await stat(path.join(dataDir, 'database-password'))).mode & 0o777).toBe(0o600)
      const wrong = second.url.replace(password, 'guess')
      await expect(query(wrong, 'SELECT 1')).rejects.toThrow(/authentication failed/)
    } finally {
      await second.stop()
    }
  })

  test('takes over a server that outlived its launcher', async () => {
    const first = await startPostgres({ dataDir, durable: false })
    const second = await startPostgres({ dataDir, durable: false })
    expect(second.url).toBe(first.url)
    await second.stop()
    await expect(query(first.url, 'SELECT 1')).rejects.toThrow(/ECONNREFUSED/)
    // There is nothing left to stop, and that is fine.
    await first.stop()
  })

  test('starts after a crash, also when another program has the number of the dead server by now', async () => {
    const first = await startPostgres({ dataDir, durable: false })
    const file = path.join(first.folder, 'postmaster.pid')
    const content = await readFile(file, 'utf8')
    const { pid } = (await findPostmaster(first.folder)) ?? { pid: 0 }
    process.kill(pid, 'SIGKILL')
    expect(await waitForExit(pid, 5000)).toBe(true)
    await writeFile(file, content.replace(/^\d+/, String(process.pid)))

    const second = await startPostgres({ dataDir, durable: false })
    expect(await query(second.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
    await second.stop()
  })

  test('begins again after a first start that was cut short', async () => {
    await mkdir(path.join(dataDir, 'postgres.unfinished/data'), { recursive: true })
    await writeFile(path.join(dataDir, 'postgres.unfinished/data/PG_VERSION'), '18')
    const postgres = await startPostgres({ dataDir, durable: false })
    await postgres.stop()
  })

  test('says what to do with the data of another major version', async () => {
    const { stop, folder } = await startPostgres({ dataDir, durable: false })
    await stop()
    await writeFile(path.join(folder, 'PG_VERSION'), '11\n')
    await expect(startPostgres({ dataDir, durable: false })).rejects.toThrow(
      /PostgreSQL 11, .* brings \d+.*npm run backup -- FILE.*npm run restore -- FILE/,
    )
  })

  test('shows the end of the log when the server does not start', async () => {
    const { stop, folder } = await startPostgres({ dataDir, durable: false })
    await stop()
    await writeFile(path.join(folder, 'postgresql.auto.conf'), 'no_such_setting = 1\n')
    await expect(startPostgres({ dataDir, durable: false })).rejects.toThrow(/no_such_setting/)
  })
})

describe.runIf(isRoot)('placePostgres, as root', () => {
  test('stays in a data folder that the database can enter', async () => {
    const place = await placePostgres('/tmp', path.join(dataDir, 'shared'))
    expect(place.clusterDir).toBe('/tmp/postgres')
    expect(place.user?.uid).toBeGreaterThan(0)
  })

  test('moves what the database cannot reach', async () => {
    // As /root often is.
    const home = path.join(dataDir, 'root')
    await mkdir(home, { mode: 0o700 })
    const inside = path.join(home, 'clone/.data')
    await mkdir(inside, { recursive: true })
    const shared = await mkdtemp(path.join(tmpdir(), 'stoa-shared-'))
    try {
      const place = await placePostgres(inside, shared)
      expect(path.dirname(path.dirname(place.clusterDir))).toBe(shared)
      expect((await placePostgres(inside, shared)).clusterDir).toBe(place.clusterDir)
      expect((await placePostgres(home, shared)).clusterDir).not.toBe(place.clusterDir)
    } finally {
      await rm(shared, { recursive: true })
    }
  })
})
