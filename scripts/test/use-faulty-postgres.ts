import { FaultyPostgres } from '../../e2e/faults/support/faulty-postgres.ts'

/**
 * Starts a PostgreSQL that a test may freeze, apart from the one that other test files share, and makes it the one of this
 * process. Call it before anything reads the configuration.
 */
export async function useFaultyPostgres(): Promise<FaultyPostgres> {
  const postgres = await FaultyPostgres.create()
  process.env.DATABASE_URL = postgres.url
  return postgres
}
