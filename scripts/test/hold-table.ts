import pg from 'pg'
import { expect } from 'vitest'

interface HeldTable {
  /** Within the transaction that holds the table. */
  query(sql: string, values?: unknown[]): Promise<unknown>
  /** Resolves when so many statements of others wait for the table. */
  untilWaitedFor(statements?: number): Promise<void>
  /** Commits what was done meanwhile; whoever waits goes on. */
  release(): Promise<void>
}

/**
 * Takes a table of this worker's database from everybody else, so that a test can have something happen between the moment
 * that a statement was sent and the moment that it is carried out.
 *
 * @param mode `ACCESS EXCLUSIVE`: reading waits, too; `SHARE`: only writing
 */
export async function holdTable(table: string, mode: 'ACCESS EXCLUSIVE' | 'SHARE'): Promise<HeldTable> {
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL })
  await client.connect()
  await client.query(`BEGIN; LOCK TABLE ${table} IN ${mode} MODE`)
  const countWaiting = async () => {
    const { rowCount } = await client.query(
      `SELECT 1 FROM pg_locks WHERE NOT granted AND relation = $1::regclass
       AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
      [table],
    )
    return rowCount
  }
  return {
    query: (sql, values) => client.query(sql, values),
    untilWaitedFor: (statements = 1) => expect.poll(countWaiting).toBe(statements),
    async release() {
      await client.query('COMMIT')
      await client.end()
    },
  }
}
