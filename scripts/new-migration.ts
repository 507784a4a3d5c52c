import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { diffSchema } from './database/diff-schema.ts'
import { MIGRATIONS_DIR, readMigrations } from './database/migrations.ts'
import { startTemporaryPostgres } from './database/temporary-postgres.ts'

/** `npm run db:migration NAME`: writes the migration that the schema's change needs. It is applied at the next start. */
async function main(given: string | undefined) {
  const name = given?.toLowerCase().replaceAll(/[^a-z0-9]+/g, '_')
  if (!name) {
    console.error('Give the migration a name: npm run db:migration add_summaries')
    return 1
  }
  const schema = await readFile(path.join(MIGRATIONS_DIR, '..', 'schema.prisma'), 'utf8')
  const script = await diffWithTemporaryDatabase(schema)
  if (!script) {
    console.log('The migrations already lead to the schema.')
    return 0
  }
  const time = new Date().toISOString().replaceAll(/\D/g, '').slice(0, 14)
  const folder = path.join(MIGRATIONS_DIR, `${time}_${name}`)
  await mkdir(folder)
  await writeFile(path.join(folder, 'migration.sql'), script)
  console.log(`Written: ${path.relative(process.cwd(), folder)}/migration.sql. Read it before you commit it.`)
  return 0
}

async function diffWithTemporaryDatabase(schema: string): Promise<string> {
  const postgres = await startTemporaryPostgres()
  try {
    return await diffSchema(postgres.adminUrl, await readMigrations(MIGRATIONS_DIR), schema)
  } finally {
    await postgres.stop()
  }
}

process.exitCode = await main(process.argv[2])
