import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { MigrationList } from '@prisma/schema-engine-wasm'

/** The folder with our migrations, wherever we were started from. */
export const MIGRATIONS_DIR = fileURLToPath(new URL('../../prisma/migrations', import.meta.url))

const LOCK_FILE = 'migration_lock.toml'

/** The names of the migrations in a folder, oldest first. */
export async function listMigrations(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
}

/** The folder as the schema engine wants to be given it. */
export async function readMigrations(folder: string): Promise<MigrationList> {
  const names = await listMigrations(folder)
  const migrationDirectories = await Promise.all(
    names.map(async (name) => {
      const value = await readFile(path.join(folder, name, 'migration.sql'), 'utf8')
      return { path: name, migrationFile: { path: 'migration.sql', content: { tag: 'ok' as const, value } } }
    }),
  )
  const content = await readFile(path.join(folder, LOCK_FILE), 'utf8')
  return {
    baseDir: folder,
    lockfile: { path: LOCK_FILE, content },
    shadowDbInitScript: '',
    migrationDirectories,
  }
}
