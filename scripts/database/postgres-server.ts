import { execFile } from 'node:child_process'
import { chown, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import pg from 'pg'
import { LaunchError } from '../launch/launch-error.ts'
import { keepSecret, openDataDir } from './data-dir.ts'
import { findFreePort } from './free-port.ts'
import { type PostgresPlace, placePostgres } from './postgres-place.ts'
import { findPostmaster } from './postgres-process.ts'

const run = promisify(execFile)

const HOST = '127.0.0.1'
const SUPERUSER = 'postgres'
/** The role and the database that Stoa uses: its owner, and nothing more. */
const APP = 'stoa'
const START_SECONDS = 60
const STOP_SECONDS = 30
const LOG_LIMIT_BYTES = 10_000_000

export interface EmbeddedPostgres {
  /** For the app: the owner of the database `stoa`. */
  url: string
  /** For whoever makes databases: the superuser, in the database `postgres`. */
  adminUrl: string
  /** Where the data lies. */
  folder: string
  /** Ends the server at once but in order: clients are cut off, everything committed is on disk. */
  stop(): Promise<void>
}

interface StartOptions {
  /** Absolute; made if it is not there. */
  dataDir: string
  /** `false` gives up surviving a crash for speed: for tests. */
  durable?: boolean
  /** Where a new server listens; any free one when it is not given. */
  port?: number
}

/**
 * Starts the PostgreSQL that belongs to a data folder, in a session of its own, so that neither Ctrl-C nor our end
 * reaches it. One that still runs there, since its launcher was killed, is taken over. Whoever calls this must hold the
 * data folder's lock.
 *
 * @throws Error with the end of the server's log when it does not start.
 */
export async function startPostgres({
  dataDir,
  durable = true,
  port: wanted,
}: StartOptions): Promise<EmbeddedPostgres> {
  await openDataDir(dataDir)
  const password = await keepSecret(path.join(dataDir, 'database-password'))
  const place = await placePostgres(dataDir)
  const major = await readMajor(place.clusterDir)
  if (major === undefined) await createCluster(place, password, durable)
  else refuseOtherMajor(place, major)

  const port = (await adopt(place, password)) ?? (await launch(place, durable, wanted))
  const adminUrl = addressOf(SUPERUSER, password, port, 'postgres')
  await createAppDatabase(adminUrl, password)
  return {
    url: addressOf(APP, password, port, APP),
    adminUrl,
    folder: place.clusterDir,
    stop: () => stopServer(place),
  }
}

/** The app's address of the PostgreSQL that runs on a data folder now; undefined when none does. */
export async function findRunningPostgres(dataDir: string): Promise<string | undefined> {
  const { clusterDir } = await placePostgres(dataDir)
  const postmaster = await findPostmaster(clusterDir)
  if (!postmaster) return undefined
  return addressOf(APP, await keepSecret(path.join(dataDir, 'database-password')), postmaster.port, APP)
}

async function createCluster(place: PostgresPlace, password: string, durable: boolean): Promise<void> {
  // Made beside and renamed, so that one that was interrupted is never taken for a whole one.
  const unfinished = `${place.clusterDir}.unfinished`
  const passwordFile = path.join(unfinished, 'password')
  await rm(unfinished, { recursive: true, force: true })
  await mkdir(path.join(unfinished, 'data'), { recursive: true, mode: 0o700 })
  await writeFile(passwordFile, password, { mode: 0o600 })
  if (place.user) {
    for (const file of [passwordFile, path.join(unfinished, 'data'), unfinished]) {
      await chown(file, place.user.uid, place.user.gid)
    }
  }
  await runAs(place, place.binaries.initdb, [
    `--pgdata=${path.join(unfinished, 'data')}`,
    `--username=${SUPERUSER}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    ...(durable ? [] : ['--no-sync']),
  ])
  await rename(path.join(unfinished, 'data'), place.clusterDir)
  await rm(unfinished, { recursive: true })
}

/** The port of a server that already runs on this cluster, once it answers. */
async function adopt(place: PostgresPlace, password: string): Promise<number | undefined> {
  const deadline = performance.now() + START_SECONDS * 1000
  for (;;) {
    const postmaster = await findPostmaster(place.clusterDir)
    if (!postmaster) {
      // Nobody's, or PostgreSQL would refuse to start over it while its number is another program's.
      await rm(path.join(place.clusterDir, 'postmaster.pid'), { force: true })
      return undefined
    }
    try {
      await withClient(addressOf(SUPERUSER, password, postmaster.port, 'postgres'), (client) =>
        client.query('SELECT 1'),
      )
      return postmaster.port
    } catch (cause) {
      // It may be starting or stopping.
      if (performance.now() > deadline) {
        throw new LaunchError(
          `PostgreSQL (process ${postmaster.pid}) holds ${place.clusterDir} and does not answer.`,
          { cause },
        )
      }
      await delay(100)
    }
  }
}

async function launch(place: PostgresPlace, durable: boolean, wanted?: number): Promise<number> {
  await rotateLog(place.logFile)
  const port = wanted ?? (await findFreePort(HOST))
  const settings = {
    listen_addresses: HOST,
    port,
    unix_socket_directories: '',
    timezone: 'UTC',
    log_timezone: 'UTC',
    // Statements and details hold what people wrote, which no log may.
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  }
  const flags = Object.entries(settings).map(([name, value]) => `-c ${name}='${value}'`)
  try {
    await runAs(place, place.binaries.pgCtl, [
      ...['start', '-w', '-s', '-t', String(START_SECONDS)],
      ...['-D', place.clusterDir, '-l', place.logFile, '-o', flags.join(' ')],
    ])
  } catch (cause) {
    const log = await readFile(place.logFile, 'utf8').catch(() => '')
    const end = log.trimEnd().split('\n').slice(-10).join('\n')
    throw new LaunchError(`PostgreSQL did not start. Its log (${place.logFile}) ends with:\n${end}`, {
      cause,
    })
  }
  return port
}

async function stopServer(place: PostgresPlace): Promise<void> {
  const postmaster = await findPostmaster(place.clusterDir)
  if (!postmaster) return
  // SIGINT is PostgreSQL's fast shutdown; pg_ctl would do the same, and look for the end only every 100 ms.
  process.kill(postmaster.pid, 'SIGINT')
  const deadline = performance.now() + STOP_SECONDS * 1000
  while (await findPostmaster(place.clusterDir)) {
    if (performance.now() > deadline) {
      throw new LaunchError(`PostgreSQL (process ${postmaster.pid}) did not stop within ${STOP_SECONDS} s.`)
    }
    await delay(20)
  }
}

async function createAppDatabase(adminUrl: string, password: string): Promise<void> {
  await withClient(adminUrl, async (client) => {
    const role = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [APP])
    // Only a cluster that is new, or whose first start was cut short, lacks them.
    if (role.rowCount === 0)
      await client.query(`CREATE ROLE ${APP} LOGIN PASSWORD ${client.escapeLiteral(password)}`)
    const database = await client.query('SELECT FROM pg_database WHERE datname = $1', [APP])
    if (database.rowCount === 0) await client.query(`CREATE DATABASE ${APP} OWNER ${APP}`)
  })
}

async function withClient<T>(url: string, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 })
  await client.connect()
  try {
    return await use(client)
  } finally {
    await client.end()
  }
}

/** With an environment of its own: PGDATA, PGPORT or a locale of the person's must not decide anything. */
async function runAs(place: PostgresPlace, file: string, args: string[]): Promise<void> {
  const env: NodeJS.ProcessEnv = { NODE_ENV: 'production', PATH: process.env.PATH, LC_ALL: 'C' }
  await run(file, args, { ...place.user, cwd: '/', env })
}

async function rotateLog(logFile: string): Promise<void> {
  const size = (await stat(logFile).catch(() => undefined))?.size ?? 0
  if (size > LOG_LIMIT_BYTES) await rename(logFile, `${logFile}.old`)
}

/** Of the PostgreSQL that made a cluster; undefined when there is none. */
async function readMajor(clusterDir: string): Promise<string | undefined> {
  const text = await readFile(path.join(clusterDir, 'PG_VERSION'), 'utf8').catch(() => undefined)
  return text?.trim()
}

function refuseOtherMajor({ clusterDir, binaries }: PostgresPlace, major: string): void {
  const [own] = binaries.version.split('.')
  if (major === own) return
  throw new LaunchError(
    `${clusterDir} was made by PostgreSQL ${major}, and this Stoa brings ${own}, which cannot read it. Start the Stoa that made it, write a backup with it (npm run backup -- FILE), move the data folder away, and restore with this one (npm run restore -- FILE).`,
  )
}

function addressOf(user: string, password: string, port: number, database: string): string {
  return `postgresql://${user}:${password}@${HOST}:${port}/${database}`
}
