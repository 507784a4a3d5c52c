import { db } from './client.ts'

/** The last sign of life of every generation that calls itself running. */
export async function readHeartbeats(): Promise<{ id: string; heartbeatAt: Date }[]> {
  // The state stands in the text: as a parameter it would keep PostgreSQL from the partial index, and have it read all rows.
  return db().$queryRaw`
    SELECT id, "heartbeatAt" FROM generation WHERE status = 'streaming' ORDER BY "heartbeatAt" LIMIT 1000`
}

/** What is known of a running generation that has fallen silent. */
export interface SilentGeneration {
  provider: string
  model: string
  /** Tokens of what it was sent, as its model was expected to count them. */
  requestTokens: number
  /** The answer's text, as far as it is stored, and what of it there was before the run. */
  text: string
  textBefore: string
  /** Whether it never showed a sign of life: its call was not made, as far as anyone knows. */
  hasNeverRun: boolean
}

export async function readSilentGeneration(generationId: string): Promise<SilentGeneration | null> {
  const [row] = await db().$queryRaw<SilentGeneration[]>`
    SELECT g.provider, g.model, m.text AS "textBefore", m.text || coalesce(log.text, '') AS text, g."heartbeatAt" = g."startedAt" AS "hasNeverRun",
      coalesce(ceil((g.ledger->>'totalTokens')::float * (g.ledger->>'tokenRatio')::float)::int, 0) AS "requestTokens"
    FROM generation g JOIN message m ON m.id = g."messageId"
    LEFT JOIN LATERAL (
      SELECT string_agg(text, '' ORDER BY sequence) AS text FROM generation_chunk WHERE "generationId" = g.id
    ) log ON true
    WHERE g.id = ${generationId}::uuid`
  return row ?? null
}
