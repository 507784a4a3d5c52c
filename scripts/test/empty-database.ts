import pg from 'pg'

const shared = globalThis as typeof globalThis & { stoaKnownTexts?: unknown; stoaTokenSums?: unknown }

/**
 * Deletes every row of this worker's database, and what the process knows to be in it; for `beforeEach`. What pg-boss keeps
 * in a schema of its own stays.
 */
export async function emptyDatabase(): Promise<void> {
  delete shared.stoaKnownTexts
  delete shared.stoaTokenSums
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL })
  await client.connect()
  try {
    const { rows } = await client.query<{ tablename: string }>(
      `SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> '_prisma_migrations'`,
    )
    const tables = rows.map(({ tablename }) => client.escapeIdentifier(tablename))
    await client.query(`TRUNCATE ${tables.join(', ')}`)
  } finally {
    await client.end()
  }
}
