import type { JobEntry } from '#lib/chat/operations.ts'
import { db } from './client.ts'
import { inTime } from './in-time.ts'
import { areJobsThere } from './job-counts.ts'

/** More than anybody reads. */
const MAX_JOBS = 50

/** The jobs that wait, run or have failed for good, these first, then the newest; for administrators. */
export async function listJobs(): Promise<JobEntry[]> {
  if (!(await areJobsThere())) return []
  const rows = await inTime(
    db().$queryRaw<(Omit<JobEntry, 'createdAt'> & { createdAt: Date })[]>`
      SELECT id, name AS queue, state::text, retry_count + (state IN ('active', 'failed'))::int AS attempts,
        created_on AS "createdAt", CASE WHEN state IN ('failed', 'retry') THEN output->>'message' END AS failure
      FROM pgboss.job WHERE left(name, 2) <> '__' AND state IN ('created', 'retry', 'active', 'failed')
      ORDER BY state = 'failed' DESC, created_on DESC LIMIT ${MAX_JOBS}`,
  )
  return rows.map(({ createdAt, ...row }) => ({ ...row, createdAt: createdAt.toISOString() }))
}
