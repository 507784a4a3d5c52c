import type pg from 'pg'
import type { Env } from '#lib/env.ts'
import { openToRead } from '../backup/open-target.ts'
import { readAppliedMigrations } from '../backup/tables.ts'
import { withClient } from '../backup/with-client.ts'
import { listMigrations, MIGRATIONS_DIR } from '../database/migrations.ts'
import { explainError } from '../launch/explain-error.ts'
import type { Finding } from './finding.ts'

const OLDEST_MAJOR = 14
const TESTED_MAJOR = 18
/** Sessions, rate limits and heartbeats compare times of several machines. */
const SKEW_WARNING_MS = 2_000
const SKEW_FAULT_MS = 30_000
/** Of one instance: its pool, its jobs, and whoever migrates. */
const CONNECTIONS_OF_ONE = 25

/** The database that the configuration names; our own is started for it when it does not run. */
export async function* checkDatabase(env: Env): AsyncGenerator<Finding> {
  let target: Awaited<ReturnType<typeof openToRead>>
  try {
    target = await openToRead(env)
  } catch (error) {
    yield { about: 'database', verdict: 'warning', what: explainError(error), todo: '"npm start" makes one.' }
    return
  }
  try {
    yield* await withClient(target.url, async (client) => [
      ...(await checkVersion(client, target.place)),
      await checkClock(client),
      await checkConnections(client),
      await checkMigrations(client),
    ])
  } catch (error) {
    yield {
      about: 'database',
      verdict: 'fault',
      what: `${target.place} does not answer: ${reasonOf(error)}.`,
      todo: 'See that PostgreSQL runs and can be reached from here, and that address, name and password in DATABASE_URL are right.',
    }
  } finally {
    await target.close()
  }
}

async function checkVersion(client: pg.Client, place: string): Promise<Finding[]> {
  const { rows } = await client.query<{ version: string; encoding: string }>(
    `SELECT current_setting('server_version') AS version, current_setting('server_encoding') AS encoding`,
  )
  const { version = '0', encoding = '' } = rows[0] ?? {}
  const major = Number.parseInt(version, 10)
  const finding: Finding = { about: 'database', verdict: 'ok', what: `PostgreSQL ${version}, ${place}.` }
  if (major < OLDEST_MAJOR) {
    const todo = `Upgrade it to ${TESTED_MAJOR}: docs/operations.md says how.`
    return [{ ...finding, verdict: 'fault', todo }]
  }
  const findings: Finding[] = [finding]
  if (major !== TESTED_MAJOR) {
    findings[0] = { ...finding, verdict: 'warning', todo: `Stoa is tested with PostgreSQL ${TESTED_MAJOR}.` }
  }
  if (encoding !== 'UTF8') {
    findings.push({
      about: 'encoding',
      verdict: 'fault',
      what: `The database is in ${encoding}, which cannot hold every message.`,
      todo: `Make another with ENCODING 'UTF8', and move the data by "npm run backup" and "npm run restore".`,
    })
  }
  return findings
}

async function checkClock(client: pg.Client): Promise<Finding> {
  const before = Date.now()
  const { rows } = await client.query<{ now: string }>(
    'SELECT extract(epoch FROM clock_timestamp()) * 1000 AS now',
  )
  const after = Date.now()
  const there = Number(rows[0]?.now)
  // Anything between our two looks is as right as we can tell.
  const skew = there < before ? there - before : Math.max(0, there - after)
  return describeClock(skew, after - before)
}

/**
 * What a difference between two clocks means.
 *
 * @param skewMs how far the database's is before ours
 * @param withinMs how exactly that is known
 */
export function describeClock(skewMs: number, withinMs: number): Finding {
  const size = Math.abs(skewMs)
  if (size < SKEW_WARNING_MS) {
    const what = `The database's clock is ours, within ${Math.round(size + withinMs)} ms.`
    return { about: 'clock', verdict: 'ok', what }
  }
  return {
    about: 'clock',
    verdict: size < SKEW_FAULT_MS ? 'warning' : 'fault',
    what: `The database's clock is ${Math.round(size / 1000)} s ${skewMs < 0 ? 'behind' : 'ahead of'} this machine's.`,
    todo: 'Let both machines set their clocks by NTP.',
  }
}

async function checkConnections(client: pg.Client): Promise<Finding> {
  const { rows } = await client.query<{ allowed: number; taken: number }>(
    `SELECT current_setting('max_connections')::int AS allowed, count(*)::int AS taken FROM pg_stat_activity
     WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()`,
  )
  const { allowed = 0, taken = 0 } = rows[0] ?? {}
  const what = `${taken} of ${allowed} connections are taken; one Stoa uses up to ${CONNECTIONS_OF_ONE}.`
  if (allowed >= CONNECTIONS_OF_ONE) return { about: 'connections', verdict: 'ok', what }
  const todo = `Raise max_connections of the database to ${CONNECTIONS_OF_ONE} for each instance and more.`
  return { about: 'connections', verdict: 'warning', what, todo }
}

async function checkMigrations(client: pg.Client): Promise<Finding> {
  const known = await listMigrations(MIGRATIONS_DIR)
  const applied = await readAppliedMigrations(client)
  const later = applied.filter((name) => !known.includes(name))
  if (later.length > 0) {
    return {
      about: 'migrations',
      verdict: 'fault',
      what: `A newer Stoa has migrated this database: this one does not know ${later.join(', ')}.`,
      todo: 'Run the newer one, or restore a backup that was made before.',
    }
  }
  const missing = known.filter((name) => !applied.includes(name))
  if (missing.length === 0) {
    return { about: 'migrations', verdict: 'ok', what: `All ${known.length} are applied.` }
  }
  return {
    about: 'migrations',
    verdict: 'warning',
    what: `${missing.length} of ${known.length} are not applied yet: ${missing.join(', ')}.`,
    todo: 'The next start applies them. Make a backup before: npm run backup -- FILE.',
  }
}

/** An address that resolves to several fails with all their errors at once, and an empty message. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join('; ')
  return error instanceof Error ? error.message : String(error)
}
