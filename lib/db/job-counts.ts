import { db } from './client.ts'
import { inTime } from './in-time.ts'

export interface JobCount {
  queue: string
  /** pg-boss's own word: created, retry, active, completed, cancelled, failed. */
  state: string
  count: number
}

/** The background jobs that the database holds, those that ended lately among them; none before the first start of jobs. */
export async function countJobs(): Promise<JobCount[]> {
  if (!(await areJobsThere())) return []
  return inTime(
    db().$queryRaw<JobCount[]>`
      SELECT name AS queue, state::text, count(*)::int FROM pgboss.job
      WHERE left(name, 2) <> '__' GROUP BY name, state ORDER BY name, state`,
  )
}

/** Whether jobs were ever started on this database. */
export async function areJobsThere(): Promise<boolean> {
  const [known] = await inTime(
    db().$queryRaw<{ there: boolean }[]>`SELECT to_regclass('pgboss.job') IS NOT NULL AS there`,
  )
  return known?.there === true
}
