import { db } from './client.ts'

/** How many go in one statement, which must end within its time (10 s). */
const DELETED_AT_ONCE = 200

/**
 * Erases the temporary conversations that were left, or in which nothing has happened for so long, and nothing happens now,
 * with all that is in them; what they have cost stays in the ledger.
 *
 * @returns how many
 */
export async function eraseTemporaryConversations(idleMinutes: number): Promise<number> {
  let erased = 0
  for (;;) {
    const count = await db().$executeRaw`
      -- What is asked of the row itself is asked again when a turn is being written in it meanwhile.
      DELETE FROM conversation
      WHERE temporary AND ("deletedAt" IS NOT NULL OR "lastActivityAt" < now() - make_interval(mins => ${idleMinutes}::int)) AND id IN (
        SELECT c.id FROM conversation c
        WHERE c.temporary AND (c."deletedAt" IS NOT NULL OR c."lastActivityAt" < now() - make_interval(mins => ${idleMinutes}::int))
          AND NOT EXISTS (SELECT 1 FROM generation g WHERE g."conversationId" = c.id AND g.status = 'streaming')
        LIMIT ${DELETED_AT_ONCE})`
    erased += count
    if (count < DELETED_AT_ONCE) return erased
  }
}

/** Erases one that was left, unless an answer is still being written in it. */
export async function eraseTemporaryConversation(conversationId: string): Promise<void> {
  await db().$executeRaw`
    DELETE FROM conversation c
    WHERE c.id = ${conversationId}::uuid AND c.temporary AND c."deletedAt" IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM generation g WHERE g."conversationId" = c.id AND g.status = 'streaming')`
}
