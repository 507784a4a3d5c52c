import type { ConversationStats } from '#lib/chat/conversation-stats.ts'
import { db } from './client.ts'

/** What one of the person's conversations has come to, by one statement; NULL when it is missing, deleted or another's. */
export async function readConversationStats(
  userId: string,
  conversationId: string,
): Promise<ConversationStats | null> {
  const [row] = await db().$queryRaw<{ stats: ConversationStats }[]>`
    WITH RECURSIVE target AS (
      SELECT id, "activeLeafId", "createdAt" FROM conversation
      WHERE id = ${conversationId}::uuid AND "userId" = ${userId}::uuid AND "deletedAt" IS NULL
    ), branch AS (
      SELECT m.id, m."parentId", m."clearedAt" IS NOT NULL AS "isCleared", 1 AS depth
      FROM target JOIN message m ON m.id = target."activeLeafId"
      UNION ALL
      SELECT m.id, m."parentId", m."clearedAt" IS NOT NULL, b.depth + 1 FROM branch b JOIN message m ON m.id = b."parentId"
    ), clear AS (
      SELECT id, depth FROM branch WHERE "isCleared" ORDER BY depth LIMIT 1
    ), summary_here AS (
      -- The rule of summaryOnBranch (lib/chat/summary-on-branch.ts).
      SELECT max(s.version) AS version FROM summary s JOIN branch b ON b.id = s."throughMessageId"
      WHERE s."conversationId" = (SELECT id FROM target)
        AND s."startsAfterId" IS NOT DISTINCT FROM (SELECT id FROM clear)
        AND (b.depth < (SELECT depth FROM clear) OR NOT EXISTS (SELECT 1 FROM clear))
    ), spent AS (
      SELECT
        count(*)::int AS calls,
        coalesce(sum("inputTokens"), 0)::bigint AS "inputTokens",
        coalesce(sum("cachedInputTokens"), 0)::bigint AS "cachedInputTokens",
        coalesce(sum("outputTokens"), 0)::bigint AS "outputTokens",
        count(*) FILTER (WHERE outcome <> 'running' AND ("inputTokens" IS NULL OR "outputTokens" IS NULL))::int AS "callsWithoutTokens",
        coalesce(sum(cost), 0)::bigint AS cost,
        count(*) FILTER (WHERE outcome <> 'running' AND cost IS NULL)::int AS "callsWithoutCost"
      FROM usage_event WHERE "conversationId" = (SELECT id FROM target)
    )
    SELECT to_jsonb(spent) || jsonb_build_object(
      'createdAt', to_char(target."createdAt" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
      'messages', (SELECT count(*) FROM branch),
      'otherMessages', (SELECT count(*) FROM message WHERE "conversationId" = target.id AND "deletedAt" IS NULL)
                       - (SELECT count(*) FROM branch),
      'messagesSinceClear', (SELECT depth - 1 FROM clear),
      'summaryVersion', (SELECT version FROM summary_here)
    ) AS stats
    FROM target CROSS JOIN spent`
  return row?.stats ?? null
}
