import type { TestProject } from 'vitest/node'
import { applyMigrations } from '../database/apply-migrations.ts'
import { startTemporaryPostgres } from '../database/temporary-postgres.ts'
import { generateClient } from '../launch/generate-client.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The superuser's address of the test server, whose database `stoa` is the migrated template. */
    adminUrl: string
  }
}

/** One PostgreSQL for the whole run, thrown away at its end. */
export default async function setup(project: TestProject) {
  await generateClient()
  const postgres = await startTemporaryPostgres()
  await applyMigrations(postgres.url)
  project.provide('adminUrl', postgres.adminUrl)
  return postgres.stop
}
