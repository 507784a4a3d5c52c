import { type BranchChange, changeBranches, countDeletion } from './branches.ts'

/**
 * Starts the context afresh after an answer: it and what came before are not sent any more. That can be any answer which
 * the next message would follow: the last one, or the one before a question whose own answers are deleted.
 */
export async function clearContext(
  userId: string,
  conversationId: string,
  messageId: string,
): Promise<BranchChange> {
  return changeBranches(userId, conversationId, async (transaction) => {
    const [answer] = await transaction.$queryRaw<{ isAtEnd: boolean }[]>`
      SELECT leaf.id IS NOT NULL AS "isAtEnd" FROM message m
      JOIN conversation c ON c.id = m."conversationId"
      LEFT JOIN message leaf ON leaf.id = c."activeLeafId"
        AND (leaf.id = m.id OR (leaf.role = 'user' AND leaf."parentId" = m.id))
      WHERE m.id = ${messageId}::uuid AND c.id = ${conversationId}::uuid AND m.role = 'assistant' AND m."deletedAt" IS NULL`
    if (!answer) return false
    if (!answer.isAtEnd) return 'not_at_end'
    await transaction.$executeRaw`
      UPDATE message SET "clearedAt" = coalesce("clearedAt", now()) WHERE id = ${messageId}::uuid`
    await countDeletion(transaction, conversationId)
    return true
  })
}

/** Takes that back: what came before is sent again. */
export async function unclearContext(
  userId: string,
  conversationId: string,
  messageId: string,
): Promise<BranchChange> {
  return changeBranches(userId, conversationId, async (transaction) => {
    const count = await transaction.$executeRaw`
      UPDATE message SET "clearedAt" = NULL
      WHERE id = ${messageId}::uuid AND "conversationId" = ${conversationId}::uuid AND "clearedAt" IS NOT NULL`
    if (count === 0) return false
    await countDeletion(transaction, conversationId)
    return true
  })
}
