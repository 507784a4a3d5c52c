import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { env } from '#lib/env.ts'
import { log } from '#lib/log.ts'
import { PrismaClient } from './generated/client.ts'

/** How long a caller may wait for a free connection before it is told that the database is busy. */
const CONNECTION_TIMEOUT_MS = 1_500
/** No statement of ours takes longer; a frozen server would otherwise hold its caller for ever. */
const STATEMENT_TIMEOUT_MS = 10_000
const MAX_CONNECTIONS = 20

// Next loads modules once per layer (pages, route handlers, instrumentation); the pool must exist once.
const shared = globalThis as typeof globalThis & {
  stoaDatabase?: PrismaClient
  stoaDatabasePool?: pg.Pool
}

/** The database client of this process. */
export function db(): PrismaClient {
  shared.stoaDatabase ??= new PrismaClient({
    adapter: new PrismaPg(openPool(), {
      disposeExternalPool: true,
      // An idle connection that the server closes is replaced by the pool: worth a line, not an end.
      onPoolError: (error) => log().warn({ error: error.message }, 'idle database connection lost'),
    }),
  })
  return shared.stoaDatabase
}

/** How many connections the pool has now: in use, at rest; and how many callers wait for one. */
export function poolCounts(): { active: number; idle: number; waiting: number } {
  const { totalCount = 0, idleCount = 0, waitingCount = 0 } = shared.stoaDatabasePool ?? {}
  return { active: totalCount - idleCount, idle: idleCount, waiting: waitingCount }
}

function openPool(): pg.Pool {
  shared.stoaDatabasePool = new pg.Pool({
    connectionString: env().DATABASE_URL,
    max: MAX_CONNECTIONS,
    connectionTimeoutMillis: CONNECTION_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    query_timeout: STATEMENT_TIMEOUT_MS + 1_000,
  })
  return shared.stoaDatabasePool
}

/** Closes the pool; a later `db()` opens a new one. */
export async function closeDatabase(): Promise<void> {
  await shared.stoaDatabase?.$disconnect()
  delete shared.stoaDatabase
  delete shared.stoaDatabasePool
}
