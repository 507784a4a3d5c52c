import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { TestProject } from 'vitest/node'
import { applyMigrations } from '../database/apply-migrations.ts'
import { startPostgres } from '../database/postgres-server.ts'
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
  const dataDir = await mkdtemp(path.join(tmpdir(), 'stoa-test-'))
  const postgres = await startPostgres({ dataDir, durable: false })
  await applyMigrations(postgres.url)
  project.provide('adminUrl', postgres.adminUrl)
  return async () => {
    await postgres.stop()
    await rm(dataDir, { recursive: true })
  }
}
