import { rm } from 'node:fs/promises'
import type { TestProject } from 'vitest/node'
import { applyMigrations } from '../database/apply-migrations.ts'
import { startPostgres } from '../database/postgres-server.ts'
import { generateClient } from '../launch/generate-client.ts'
import { makeTemporaryFolder } from './make-temporary-folder.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The superuser's address of the test server, whose database `stoa` is the migrated template. */
    adminUrl: string
  }
}

/** One PostgreSQL for the whole run, thrown away at its end. */
export default async function setup(project: TestProject) {
  await generateClient()
  const dataDir = await makeTemporaryFolder('stoa-test')
  const postgres = await startPostgres({ dataDir, durable: false })
  await applyMigrations(postgres.url)
  project.provide('adminUrl', postgres.adminUrl)
  return async () => {
    await postgres.stop()
    await rm(dataDir, { recursive: true })
  }
}
