import { db } from './client.ts'
import type { Prisma } from './generated/client.ts'

/** What became of a change to a conversation's branches. `not_at_end`: it was meant for the end of the one that is shown. */
export type BranchChange = 'changed' | 'missing' | 'running' | 'not_at_end'

/** Shows the branch that a message is on: from there it goes down to the newest message each time. */
export async function openBranch(
  userId: string,
  conversationId: string,
  messageId: string,
): Promise<BranchChange> {
  return changeBranches(userId, conversationId, async (transaction) => {
    const leafId = await findLeaf(transaction, conversationId, messageId)
    if (!leafId) return false
    await showLeaf(transaction, conversationId, leafId)
    return true
  })
}

/** How many messages there are from a message of this person on, itself included, on every branch; NULL when it is gone. */
export async function countBranch(
  userId: string,
  conversationId: string,
  messageId: string,
): Promise<number | null> {
  const [row] = await db().$queryRaw<[{ count: number }]>`
    WITH RECURSIVE branch AS (
      SELECT m.id FROM message m JOIN conversation c ON c.id = m."conversationId"
      WHERE m.id = ${messageId}::uuid AND m."deletedAt" IS NULL
        AND c.id = ${conversationId}::uuid AND c."userId" = ${userId}::uuid AND c."deletedAt" IS NULL
      UNION ALL
      SELECT m.id FROM branch JOIN message m ON m."parentId" = branch.id AND m."deletedAt" IS NULL
    )
    SELECT count(*)::int AS count FROM branch`
  return row.count || null
}

/**
 * Deletes a message with all that follows from it (softly, all at one and the same time). When the branch that is shown
 * went with it, the newest one beside it is shown, else what came before.
 */
export async function removeBranch(
  userId: string,
  conversationId: string,
  messageId: string,
): Promise<BranchChange> {
  return changeBranches(userId, conversationId, async (transaction) => {
    const [gone] = await transaction.$queryRaw<{ parentId: string | null; wasShown: boolean }[]>`
      WITH RECURSIVE branch AS (
        SELECT id FROM message
        WHERE id = ${messageId}::uuid AND "conversationId" = ${conversationId}::uuid AND "deletedAt" IS NULL
        UNION ALL
        SELECT m.id FROM branch JOIN message m ON m."parentId" = branch.id AND m."deletedAt" IS NULL
      ), gone AS (
        UPDATE message SET "deletedAt" = now() FROM branch WHERE message.id = branch.id
      )
      SELECT m."parentId", c."activeLeafId" IN (SELECT id FROM branch) AS "wasShown"
      FROM branch JOIN message m ON m.id = branch.id JOIN conversation c ON c.id = m."conversationId"
      WHERE m.id = ${messageId}::uuid`
    if (!gone) return false
    if (gone.wasShown) {
      const sibling = await findNewest(transaction, conversationId, gone.parentId)
      const leafId = sibling ? await findLeaf(transaction, conversationId, sibling) : gone.parentId
      await showLeaf(transaction, conversationId, leafId)
    }
    await countDeletion(transaction, conversationId)
    return true
  })
}

/** Brings back what was deleted with a message, and shows it. Impossible once what it follows is deleted, too. */
export async function restoreBranch(
  userId: string,
  conversationId: string,
  messageId: string,
): Promise<BranchChange> {
  return changeBranches(userId, conversationId, async (transaction) => {
    const restored = await transaction.$executeRaw`
      WITH RECURSIVE branch AS (
        SELECT m.id, m."deletedAt" FROM message m LEFT JOIN message parent ON parent.id = m."parentId"
        WHERE m.id = ${messageId}::uuid AND m."conversationId" = ${conversationId}::uuid AND m."deletedAt" IS NOT NULL
          AND parent."deletedAt" IS NULL
        UNION ALL
        SELECT m.id, m."deletedAt" FROM branch JOIN message m ON m."parentId" = branch.id AND m."deletedAt" = branch."deletedAt"
      )
      UPDATE message SET "deletedAt" = NULL FROM branch WHERE message.id = branch.id`
    if (restored === 0) return false
    await showLeaf(transaction, conversationId, await findLeaf(transaction, conversationId, messageId))
    await countDeletion(transaction, conversationId)
    return true
  })
}

/**
 * Runs a change with the conversation locked, unless an answer is being written in it: a new turn takes the same lock, so
 * that neither can happen in the middle of the other.
 */
export async function changeBranches(
  userId: string,
  conversationId: string,
  change: (transaction: Prisma.TransactionClient) => Promise<boolean | 'not_at_end'>,
): Promise<BranchChange> {
  return db().$transaction(async (transaction) => {
    const [conversation] = await transaction.$queryRaw<{ id: string }[]>`
      SELECT id FROM conversation
      WHERE id = ${conversationId}::uuid AND "userId" = ${userId}::uuid AND "deletedAt" IS NULL FOR NO KEY UPDATE`
    if (!conversation) return 'missing'
    // A statement of its own, to see what was written while this one waited for the lock.
    const [streaming] = await transaction.$queryRaw<{ id: string }[]>`
      SELECT id FROM generation WHERE "conversationId" = ${conversationId}::uuid AND status = 'streaming'`
    if (streaming) return 'running'
    const done = await change(transaction)
    if (done === 'not_at_end') return done
    return done ? 'changed' : 'missing'
  })
}

/** The end of the branch that begins with a message and goes on with the newest one each time; NULL when it is deleted. */
async function findLeaf(
  transaction: Prisma.TransactionClient,
  conversationId: string,
  messageId: string,
): Promise<string | null> {
  const [leaf] = await transaction.$queryRaw<{ id: string }[]>`
    WITH RECURSIVE branch AS (
      SELECT id, 1 AS depth FROM message
      WHERE id = ${messageId}::uuid AND "conversationId" = ${conversationId}::uuid AND "deletedAt" IS NULL
      UNION ALL
      SELECT newest.id, branch.depth + 1 FROM branch, LATERAL (
        SELECT m.id FROM message m WHERE m."parentId" = branch.id AND m."deletedAt" IS NULL
        ORDER BY m."createdAt" DESC, m.id DESC LIMIT 1
      ) newest
    )
    SELECT id FROM branch ORDER BY depth DESC LIMIT 1`
  return leaf?.id ?? null
}

/** The newest message in one place of the tree; NULL when there is none any more. */
async function findNewest(
  transaction: Prisma.TransactionClient,
  conversationId: string,
  parentId: string | null,
): Promise<string | null> {
  const row = await transaction.message.findFirst({
    where: { conversationId, parentId, deletedAt: null },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    select: { id: true },
  })
  return row?.id ?? null
}

async function showLeaf(
  transaction: Prisma.TransactionClient,
  conversationId: string,
  leafId: string | null,
): Promise<void> {
  await transaction.$executeRaw`
    UPDATE conversation SET "activeLeafId" = ${leafId}::uuid, "changedAt" = clock_timestamp()
    WHERE id = ${conversationId}::uuid`
}

/** A turn that was checked before is refused, and looked at again. */
export async function countDeletion(
  transaction: Prisma.TransactionClient,
  conversationId: string,
): Promise<void> {
  await transaction.$executeRaw`
    UPDATE conversation SET deletions = deletions + 1, "changedAt" = clock_timestamp()
    WHERE id = ${conversationId}::uuid`
}
