import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { db } from './client.ts'
import { inTime } from './in-time.ts'

/** Beside the server, in the clone as in the build. */
const MIGRATIONS_DIR = path.resolve('prisma/migrations')

/**
 * The migrations that this code counts on and the database lacks. What a newer Stoa has added to the database is no fault:
 * it is how one is replaced while it runs.
 *
 * @throws whatever a database that is away throws
 */
export async function missingMigrations(): Promise<string[]> {
  const entries = await readdir(MIGRATIONS_DIR, { withFileTypes: true })
  const wanted = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name)
  const [known] = await inTime(
    db().$queryRaw<{ there: boolean }[]>`SELECT to_regclass('_prisma_migrations') IS NOT NULL AS there`,
  )
  if (!known?.there) return wanted.sort()
  const rows = await inTime(
    db().$queryRaw<{ name: string }[]>`
      SELECT migration_name AS name FROM _prisma_migrations
      WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL`,
  )
  const applied = new Set(rows.map(({ name }) => name))
  return wanted.filter((name) => !applied.has(name)).sort()
}
