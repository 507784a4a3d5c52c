import type { ContextHistory } from '#lib/chat/context-history.ts'
import type { PersonalInstructions } from '#lib/chat/render-context.ts'
import type { Intensity } from '#lib/chat/types.ts'
import { db } from './client.ts'
import { contextColumns, contextWalk, type ReadingBudgets, readingBudget } from './context-walk.ts'
import { Prisma } from './generated/client.ts'

/** What the next message of a conversation would be sent with. */
export interface NextContext {
  conversation: { persona: string; intensity: Intensity | null; model: string | null }
  person: PersonalInstructions
  /** Of the folder that it is in; empty: none. */
  folderInstructions: string
  history: ContextHistory
}

/** Of the branch that is shown; NULL when the person has no such conversation. */
export async function readNextContext(
  userId: string,
  conversation: string,
  budgets: ReadingBudgets,
): Promise<NextContext | null> {
  const conversationId = Prisma.sql`${conversation}::uuid`
  const leafId = Prisma.sql`(SELECT "activeLeafId" FROM conversation WHERE id = ${conversationId})`
  const isOwn = Prisma.sql`c.id = ${conversationId} AND c."userId" = ${userId}::uuid AND c."deletedAt" IS NULL`
  const [row] = await db().$queryRaw<NextContext[]>`
    WITH RECURSIVE ${readingBudget(budgets, conversationId, leafId)},
      ${contextWalk({ conversationId, leafId, condition: Prisma.sql`m."deletedAt" IS NULL AND ${isOwn}` })}
    SELECT json_build_object('persona', c.persona, 'intensity', c.intensity, 'model', c.model) AS conversation,
      json_build_object('aboutYou', u."aboutYou", 'howToAnswer', u."howToAnswer") AS person,
      coalesce((SELECT f.instructions FROM folder f WHERE f.id = c."folderId"), '') AS "folderInstructions",
      ${contextColumns} AS history
    FROM conversation c JOIN "user" u ON u.id = c."userId" WHERE ${isOwn}`
  return row ?? null
}
