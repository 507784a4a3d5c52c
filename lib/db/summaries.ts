import { type SummaryPlace, summaryOnBranch } from '#lib/chat/summary-on-branch.ts'
import type { SummaryRef } from '#lib/chat/types.ts'
import { db } from './client.ts'
import { violatedConstraint } from './database-errors.ts'
import { readBranchPlaces } from './messages.ts'

/**
 * The summary that holds on the branch that ends with a message. Most conversations have none: their branches are not
 * walked for it.
 */
export async function findSummaryOn(
  conversationId: string,
  leafId: string | null,
): Promise<SummaryRef | null> {
  if (leafId === null) return null
  const versions = await db().summary.findMany({
    where: { conversationId },
    select: { id: true, version: true, throughMessageId: true, startsAfterId: true },
  })
  if (versions.length === 0) return null
  const found = summaryOnBranch(await readBranchPlaces(conversationId, leafId), versions)
  return found && { id: found.id, version: found.version, throughMessageId: found.throughMessageId }
}

export interface NewSummary extends SummaryPlace {
  id: string
  conversationId: string
  text: string
  /** Of the text. */
  tokens: number
  author: 'model' | 'person'
  /** The version that was folded into this one, or that a person changed. */
  basedOnId: string | null
  restoredFromId: string | null
  /** The first message that this version took in itself; NULL: it took in none. */
  fromMessageId: string | null
  foldedMessages: number
  provider: string | null
  model: string | null
  /** The conversation's when its messages were read: what was deleted since may be gone on with otherwise. Undefined: none were. */
  deletions?: number
}

/**
 * Stores a version. Its number is one more than the newest that its writer had read: of two that were written at once, the
 * first wins.
 *
 * @returns false when there is a newer one, or the conversation is gone or not the one whose messages were read
 */
export async function insertSummary(summary: NewSummary): Promise<boolean> {
  const { conversationId } = summary
  try {
    const count = await db().$executeRaw`
      WITH touched AS (
        UPDATE conversation SET "changedAt" = clock_timestamp()
        WHERE id = ${conversationId}::uuid AND "deletedAt" IS NULL
          AND (${summary.deletions ?? null}::int IS NULL OR deletions = ${summary.deletions ?? null}::int)
          AND NOT EXISTS (SELECT 1 FROM summary WHERE "conversationId" = ${conversationId}::uuid AND version >= ${summary.version}::int)
        RETURNING id
      )
      INSERT INTO summary (id, "conversationId", version, "throughMessageId", "startsAfterId", text, tokens, author,
        "basedOnId", "restoredFromId", "fromMessageId", "foldedMessages", provider, model)
      SELECT ${summary.id}::uuid, id, ${summary.version}::int, ${summary.throughMessageId}::uuid, ${summary.startsAfterId}::uuid,
        ${summary.text}, ${summary.tokens}::int, ${summary.author}::"SummaryAuthor", ${summary.basedOnId}::uuid,
        ${summary.restoredFromId}::uuid, ${summary.fromMessageId}::uuid, ${summary.foldedMessages}::int,
        ${summary.provider}, ${summary.model}
      FROM touched`
    return count === 1
  } catch (error) {
    if (violatedConstraint(error) === 'summary_conversationId_version_key') return false
    throw error
  }
}

/** Whether a summary has taken in a message, on whichever branch, also one that is deleted and may be brought back. */
export async function isSummarised(conversationId: string, messageId: string): Promise<boolean> {
  const [row] = await db().$queryRaw<[{ isSummarised: boolean }]>`
    WITH RECURSIVE following AS (
      SELECT id FROM message WHERE id = ${messageId}::uuid AND "conversationId" = ${conversationId}::uuid
      UNION ALL
      SELECT m.id FROM following JOIN message m ON m."parentId" = following.id
    )
    SELECT EXISTS (SELECT 1 FROM following JOIN summary s ON s."throughMessageId" = following.id) AS "isSummarised"`
  return row.isSummarised
}
