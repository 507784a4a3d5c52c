import { afterAll, beforeAll, expect, test } from 'vitest'
import { closeDatabase, db } from '#lib/db/client.ts'
import { countJobs } from '#lib/db/job-counts.ts'
import type { FaultyPostgres } from '../../e2e/faults/support/faulty-postgres.ts'
import { useFaultyPostgres } from '../../scripts/test/use-faulty-postgres.ts'
import { drain } from './drain.ts'
import { startJobs, stopJobs } from './jobs.ts'
import { metrics } from './metrics.ts'
import { readReadiness } from './readiness.ts'

let postgres: FaultyPostgres

beforeAll(async () => {
  postgres = await useFaultyPostgres()
})
afterAll(async () => {
  await stopJobs()
  await closeDatabase()
  await postgres.dispose()
})

test('every reason why a server is not ready is named, and goes away with it', async () => {
  const gauges = () => metrics().registry.getSingleMetricAsString('stoa_jobs')
  expect(await countJobs(), 'before the jobs have ever run').toEqual([])
  expect(await readReadiness()).toMatchObject([{ check: 'jobs' }])
  const handle = async () => {}
  await startJobs([{ name: 'a-queue', retryLimit: 0, handle }])
  expect(await readReadiness()).toEqual([])

  await postgres.query(
    `INSERT INTO pgboss.job (name, state) VALUES ('a-queue', 'failed'), ('a-queue', 'failed')`,
  )
  expect(await gauges()).toContain('stoa_jobs{queue="a-queue",state="failed"} 2')

  await db().$executeRaw`ALTER TABLE _prisma_migrations RENAME TO elsewhere`
  expect(await readReadiness()).toMatchObject([
    { check: 'migrations', reason: expect.stringMatching(/lacks 20261121051018_init, /) },
  ])
  await db().$executeRaw`ALTER TABLE elsewhere RENAME TO _prisma_migrations`
  await db()
    .$executeRaw`UPDATE _prisma_migrations SET rolled_back_at = now() WHERE migration_name LIKE '%doors'`
  expect(await readReadiness()).toMatchObject([
    { check: 'migrations', reason: expect.stringMatching(/lacks 20261126211015_doors:/) },
  ])
  await db().$executeRaw`UPDATE _prisma_migrations SET rolled_back_at = NULL`
  await db()
    .$executeRaw`INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at) VALUES ('x', 'x', '99990101_newer', now())`
  expect(await readReadiness(), 'what a newer Stoa added').toEqual([])

  await postgres.freeze()
  expect(await readReadiness()).toEqual([{ check: 'database', reason: 'The database does not answer.' }])
  expect(await gauges(), 'what is not known').not.toContain('a-queue')
  postgres.thaw()
  await expect.poll(readReadiness).toEqual([])

  await drain(0)
  expect(await readReadiness()).toMatchObject([{ check: 'draining' }])
})
