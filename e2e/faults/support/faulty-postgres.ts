import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { applyMigrations } from '#scripts/database/apply-migrations.ts'
import { findPostmaster } from '#scripts/database/postgres-process.ts'
import { type EmbeddedPostgres, startPostgres } from '#scripts/database/postgres-server.ts'
import { isAlive } from '#scripts/launch/processes.ts'
import { descendantsOf } from '../../support/process-tree.ts'

/**
 * A real PostgreSQL, migrated, that a test can stop, freeze, kill and start again: same port, same data.
 * It is as durable as a person's own: what it acknowledged survives a `kill -9`.
 */
export class FaultyPostgres {
  /** The app's address. */
  readonly url: string
  readonly dataDir: string
  readonly #postgres: EmbeddedPostgres
  readonly #ownsFolder: boolean
  #frozen: number[] = []

  private constructor(postgres: EmbeddedPostgres, dataDir: string, ownsFolder: boolean) {
    this.url = postgres.url
    this.dataDir = dataDir
    this.#postgres = postgres
    this.#ownsFolder = ownsFolder
  }

  /** @param folder kept at the end; without it a temporary one, which is not */
  static async create(folder?: string): Promise<FaultyPostgres> {
    const dataDir = folder ?? (await mkdtemp(path.join(tmpdir(), 'stoa-faults-')))
    const postgres = await startPostgres({ dataDir })
    await applyMigrations(postgres.url)
    return new FaultyPostgres(postgres, dataDir, folder === undefined)
  }

  /** `fast`: clients are cut off, everything is written. `immediate`: as `fast`, and recovers at the next start. */
  async stop(mode: 'fast' | 'immediate' = 'fast'): Promise<void> {
    const pid = await this.#pid()
    process.kill(pid, mode === 'fast' ? 'SIGINT' : 'SIGQUIT')
    await waitUntilGone([pid])
  }

  /** `kill -9` of the server and all of its processes. */
  async kill(): Promise<void> {
    await this.freeze()
    const pids = this.#frozen
    this.#signalFrozen('SIGKILL')
    await waitUntilGone(pids)
  }

  /** Stands still: connections stay open, nobody answers. */
  async freeze(): Promise<void> {
    const postmaster = await this.#pid()
    // First, or it would go on starting others.
    process.kill(postmaster, 'SIGSTOP')
    const others = await descendantsOf(postmaster)
    for (const pid of others) process.kill(pid, 'SIGSTOP')
    this.#frozen = [postmaster, ...others]
  }

  /** Prepares to freeze in mid-step: what is returned stops, at once, the processes that are there now. */
  async aim(): Promise<() => void> {
    const postmaster = await this.#pid()
    const pids = [postmaster, ...(await descendantsOf(postmaster))]
    return () => {
      for (const pid of pids) process.kill(pid, 'SIGSTOP')
      this.#frozen = pids
    }
  }

  thaw(): void {
    this.#signalFrozen('SIGCONT')
  }

  /** On the same port, over the same data. */
  async start(): Promise<void> {
    await startPostgres({ dataDir: this.dataDir, port: Number(new URL(this.url).port) })
  }

  async restart(mode: 'fast' | 'immediate' = 'fast'): Promise<void> {
    await this.stop(mode)
    await this.start()
  }

  /** Past the server under test, as the superuser in its database. */
  async query<Row extends pg.QueryResultRow>(sql: string, values: unknown[] = []): Promise<Row[]> {
    const client = await this.connect()
    try {
      return (await client.query<Row>(sql, values)).rows
    } finally {
      await client.end()
    }
  }

  /** A connection of the superuser's own, for locks; end it. */
  async connect(): Promise<pg.Client> {
    const address = new URL(this.#postgres.adminUrl)
    address.pathname = new URL(this.url).pathname
    const client = new pg.Client({ connectionString: address.href })
    await client.connect()
    return client
  }

  /** Ends it, whatever was done to it. */
  async dispose(): Promise<void> {
    this.thaw()
    if (await findPostmaster(this.#postgres.folder)) await this.stop('immediate')
    if (this.#ownsFolder) await rm(this.dataDir, { recursive: true })
  }

  async #pid(): Promise<number> {
    const postmaster = await findPostmaster(this.#postgres.folder)
    if (!postmaster) throw new Error('PostgreSQL does not run')
    return postmaster.pid
  }

  #signalFrozen(signal: 'SIGKILL' | 'SIGCONT'): void {
    const [postmaster, ...others] = this.#frozen
    this.#frozen = []
    if (postmaster === undefined) return
    // The postmaster last, or it would find its children gone before they are told.
    for (const pid of [...others, postmaster]) process.kill(pid, signal)
  }
}

async function waitUntilGone(pids: number[]): Promise<void> {
  for (const pid of pids) {
    while (await isAlive(pid)) await delay(10)
  }
}
