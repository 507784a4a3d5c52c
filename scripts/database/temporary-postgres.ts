import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type EmbeddedPostgres, startPostgres } from './postgres-server.ts'

export interface TemporaryPostgres extends EmbeddedPostgres {
  dataDir: string
}

/** A PostgreSQL in a temporary folder, which is deleted when it is stopped. */
export async function startTemporaryPostgres(): Promise<TemporaryPostgres> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'stoa-'))
  const postgres = await startPostgres({ dataDir, durable: false })
  return {
    ...postgres,
    dataDir,
    async stop() {
      await postgres.stop()
      await rm(dataDir, { recursive: true })
    },
  }
}
