import type { ModelCalls } from '#lib/chat/operations.ts'
import { db } from './client.ts'

type ModelCallsRow = Omit<ModelCalls, 'lastFailureAt'> & { lastFailureAt: Date | null }

/** How the calls of each model have gone in the last 24 hours, whoever made them; for administrators. */
export async function listModelCalls(): Promise<ModelCalls[]> {
  const rows = await db().$queryRaw<ModelCallsRow[]>`
    WITH call AS (
      SELECT *, outcome NOT IN ('complete', 'truncated', 'stopped', 'running') AS failed FROM usage_event
      WHERE "createdAt" > now() - interval '24 hours' AND outcome <> 'running'
    )
    SELECT provider, model, count(*)::int AS calls, (count(*) FILTER (WHERE failed))::int AS failed,
      (array_agg(outcome ORDER BY "createdAt" DESC) FILTER (WHERE failed))[1] AS "lastFailure",
      max("createdAt") FILTER (WHERE failed) AS "lastFailureAt",
      percentile_disc(0.5) WITHIN GROUP (ORDER BY "timeToFirstTokenMs") AS "medianFirstTokenMs"
    FROM call GROUP BY provider, model ORDER BY calls DESC, provider, model`
  return rows.map(({ lastFailureAt, ...row }) => ({
    ...row,
    lastFailureAt: lastFailureAt?.toISOString() ?? null,
  }))
}
