import type { HeldSummary } from '#lib/chat/context-history.ts'
import type { FoldableMessage } from '#lib/chat/plan-fold.ts'
import type { PersonalInstructions } from '#lib/chat/render-context.ts'
import type { FoldedMessage } from '#lib/chat/render-fold.ts'
import type { Intensity } from '#lib/chat/types.ts'
import { db } from './client.ts'
import { contextWalk, type ReadingBudgets, readingBudget, summaryColumn } from './context-walk.ts'
import { Prisma } from './generated/client.ts'

/** What decides whether and what of a conversation is folded into its summary. */
export interface FoldState {
  userId: string
  persona: string
  intensity: Intensity | null
  /** As `provider:model`; NULL: the usual one. */
  model: string | null
  person: PersonalInstructions
  /** Of the folder that it is in; empty: none. */
  folderInstructions: string
  /** Of all summaries of the conversation, on whichever branch; 0: there is none. */
  newestVersion: number
  /** The conversation's, as `insertSummary` wants them. */
  deletions: number
  clearedThroughId: string | null
  /** The summary that holds on the branch that is shown. */
  summary: HeldSummary | null
  /** Those of that branch which neither it nor a clear covers, oldest first. */
  messages: FoldableMessage[]
}

/** Reads that in one statement, without the messages' texts; NULL: the conversation is gone, or is only tried. */
export async function readFoldState(
  conversationId: string,
  budgets: ReadingBudgets,
): Promise<FoldState | null> {
  const id = Prisma.sql`${conversationId}::uuid`
  const leafId = Prisma.sql`(SELECT "activeLeafId" FROM conversation WHERE id = ${id})`
  const walk = contextWalk({
    ...{ conversationId: id, leafId },
    condition: Prisma.sql`c.id = ${id} AND c."deletedAt" IS NULL AND m."deletedAt" IS NULL`,
  })
  const [row] = await db().$queryRaw<{ state: FoldState }[]>`
    WITH RECURSIVE ${readingBudget(budgets, id, leafId)}, ${walk}
    SELECT json_build_object(
      'userId', c."userId", 'persona', c.persona, 'intensity', c.intensity, 'model', c.model, 'deletions', c.deletions,
      'person', json_build_object('aboutYou', u."aboutYou", 'howToAnswer', u."howToAnswer"),
      'folderInstructions', coalesce((SELECT f.instructions FROM folder f WHERE f.id = c."folderId"), ''),
      'newestVersion', (SELECT coalesce(max(version), 0) FROM summary WHERE "conversationId" = c.id),
      'clearedThroughId', (SELECT "clearedThroughId" FROM begin),
      'summary', ${summaryColumn},
      'messages', (
        SELECT coalesce(json_agg(json_build_object('id', id, 'role', role, 'tokens', tokens) ORDER BY depth DESC), '[]')
        FROM placed WHERE "isCovered" IS NOT TRUE)
    ) AS state
    FROM conversation c JOIN "user" u ON u.id = c."userId"
    WHERE c.id = ${id} AND c."deletedAt" IS NULL AND NOT c.temporary`
  return row?.state ?? null
}

/** The texts of messages of a conversation, in the order of their ids here; of a failed answer, which was never sent, none. */
export async function readFoldedMessages(
  conversationId: string,
  ids: readonly string[],
): Promise<FoldedMessage[]> {
  return db().$queryRaw<FoldedMessage[]>`
    SELECT m.role, m.tokens, CASE WHEN g.status = 'failed' THEN '' ELSE m.text END AS text
    FROM unnest(${ids}::uuid[]) WITH ORDINALITY AS wanted(id, place)
    JOIN message m ON m.id = wanted.id AND m."conversationId" = ${conversationId}::uuid
    LEFT JOIN LATERAL (
      SELECT status FROM generation WHERE "messageId" = m.id ORDER BY "startedAt" DESC, id DESC LIMIT 1
    ) g ON true
    ORDER BY wanted.place`
}
