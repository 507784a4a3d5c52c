import type { ContextLedger } from '#lib/chat/context-ledger.ts'
import type { GenerationCall } from '#lib/chat/generation-call.ts'
import type { StoredMaking } from '#lib/chat/generation-making.ts'
import { db } from './client.ts'
import { type GenerationRow, generationView, viewColumns } from './generation-view.ts'

interface MakingRow extends Omit<StoredMaking, 'run' | 'cost' | 'ledger' | 'calls'> {
  run: GenerationRow
  ledger: ContextLedger
  calls: GenerationCall[]
  cost: bigint | null
}

/**
 * Reads what is kept of how an answer of this person was made, in one statement; NULL: there is none of these ids.
 *
 * @param generationId which of its runs; NULL: the last
 */
export async function readMaking(
  userId: string,
  { conversationId, messageId }: { conversationId: string; messageId: string },
  generationId: string | null,
): Promise<StoredMaking | null> {
  const [row] = await db().$queryRaw<MakingRow[]>`
    SELECT to_json(v) AS run, g.ledger, g.calls, g.cost, g."cachedInputTokens", g."reasoningTokens",
      (SELECT json_agg(json_build_object('id', id, 'startedAt', "startedAt") ORDER BY "startedAt", id)
       FROM generation WHERE "messageId" = m.id) AS runs,
      (SELECT coalesce(json_object_agg(t.hash, t.text), '{}') FROM prompt_text t WHERE t.hash IN (
         SELECT part.value #>> '{}' FROM jsonb_path_query(g.ledger, '$.prompt.fragments[*].hash') AS part(value)
         UNION ALL SELECT g.ledger #>> '{instructions,hash}' UNION ALL SELECT g.ledger #>> '{folder,hash}'
         UNION ALL SELECT g.ledger #>> '{continuation,hash}')) AS texts,
      (SELECT s.text FROM summary s WHERE s.id = (g.ledger #>> '{summary,id}')::uuid) AS "summaryText",
      (SELECT coalesce(json_object_agg(named.id, json_build_object('role', named.role, 'text', named.text)), '{}')
       FROM message named WHERE named."conversationId" = c.id AND named.id IN (
         SELECT (part.value #>> '{}')::uuid
         FROM jsonb_path_query(g.ledger, '$.*[*].messageId') AS part(value))) AS messages
    FROM conversation c
    JOIN message m ON m."conversationId" = c.id AND m.id = ${messageId}::uuid
    JOIN LATERAL (
      SELECT * FROM generation
      WHERE "messageId" = m.id AND (${generationId}::uuid IS NULL OR id = ${generationId}::uuid)
      ORDER BY "startedAt" DESC, id DESC LIMIT 1
    ) g ON true
    CROSS JOIN LATERAL (SELECT ${viewColumns('generation')} FROM generation WHERE id = g.id) v
    WHERE c.id = ${conversationId}::uuid AND c."userId" = ${userId}::uuid AND c."deletedAt" IS NULL`
  if (!row) return null
  return {
    ...row,
    run: generationView(row.run),
    // Within JSON, PostgreSQL writes a time in a way of its own.
    runs: row.runs.map(({ id, startedAt }) => ({ id, startedAt: new Date(startedAt).toISOString() })),
    cost: row.cost === null ? null : Number(row.cost),
  }
}
