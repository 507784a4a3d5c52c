import { db } from './client.ts'

/** How many go in one statement, which must end within its time (10 s). */
const DELETED_AT_ONCE = 200

/**
 * Deletes the temporary conversations in which nothing has happened for so long, and nothing happens now, with all that
 * is in them; what they have cost stays in the ledger.
 *
 * @returns how many
 */
export async function deleteTemporaryConversations(idleHours: number): Promise<number> {
  let deleted = 0
  for (;;) {
    const count = await db().$executeRaw`
      -- What is asked of the row itself is asked again when a turn is being written in it meanwhile.
      DELETE FROM conversation WHERE temporary AND "lastActivityAt" < now() - make_interval(hours => ${idleHours}::int) AND id IN (
        SELECT c.id FROM conversation c
        WHERE c.temporary AND c."lastActivityAt" < now() - make_interval(hours => ${idleHours}::int)
          AND NOT EXISTS (SELECT 1 FROM generation g WHERE g."conversationId" = c.id AND g.status = 'streaming')
        LIMIT ${DELETED_AT_ONCE})`
    deleted += count
    if (count < DELETED_AT_ONCE) return deleted
  }
}
