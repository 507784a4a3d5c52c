import pg from 'pg'
import { env } from '#lib/env.ts'

export interface HeldLock {
  /** Fulfilled when it is held no longer: given back, or lost with its connection. */
  lost: Promise<void>
  release(): Promise<void>
}

/** A server that went away without a word is noticed after so many ms of silence. */
const KEEP_ALIVE_MS = 5_000

/**
 * Takes a lock that one process of all instances can hold, on a connection of its own: it ends with the process, however
 * that ends. It needs a session, and so goes past a pooler, which would give it to everybody.
 *
 * @param key a number that nothing else locks by
 * @returns NULL while another process holds it
 */
export async function tryAdvisoryLock(key: number): Promise<HeldLock | null> {
  const { DATABASE_URL, DIRECT_DATABASE_URL } = env()
  const client = new pg.Client({
    connectionString: DIRECT_DATABASE_URL ?? DATABASE_URL,
    ...{ keepAlive: true, keepAliveInitialDelayMillis: KEEP_ALIVE_MS, connectionTimeoutMillis: 5_000 },
  })
  const { promise: lost, resolve } = Promise.withResolvers<void>()
  // Or the process would end with the connection; what the loss means is told by `lost`.
  client.on('error', () => resolve())
  client.on('end', () => resolve())
  try {
    await client.connect()
    const { rows } = await client.query<{ locked: boolean }>('SELECT pg_try_advisory_lock($1) AS locked', [
      key,
    ])
    if (rows[0]?.locked) return { lost, release: () => client.end() }
  } catch (error) {
    await client.end().catch(() => undefined)
    throw error
  }
  await client.end()
  return null
}
