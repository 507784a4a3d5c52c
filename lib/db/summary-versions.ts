import type { SummaryPage, SummaryVersion } from '#lib/chat/types.ts'
import { db } from './client.ts'
import { Prisma } from './generated/client.ts'

const PAGE_SIZE = 20

/** The context of the branch that is shown. */
interface ShownContext {
  conversationId: string
  /** The clear that it begins after; NULL: none. */
  clearedThroughId: string | null
}

/** The messages of that context, as the first common table (RECURSIVE) of a statement. */
function contextMessages({ conversationId, clearedThroughId }: ShownContext): Prisma.Sql {
  return Prisma.sql`shown AS (
    SELECT m.id, m."parentId" FROM conversation c JOIN message m ON m.id = c."activeLeafId"
    WHERE c.id = ${conversationId}::uuid AND m.id IS DISTINCT FROM ${clearedThroughId}::uuid
    UNION ALL
    SELECT m.id, m."parentId" FROM shown JOIN message m ON m.id = shown."parentId"
    WHERE m.id IS DISTINCT FROM ${clearedThroughId}::uuid
  )`
}

/** Whether the version `s` can stand for messages of it: it was made of this branch, and since the same clear. */
function canHold({ clearedThroughId }: ShownContext): Prisma.Sql {
  return Prisma.sql`(s."startsAfterId" IS NOT DISTINCT FROM ${clearedThroughId}::uuid
    AND s."throughMessageId" IN (SELECT id FROM shown))`
}

/**
 * Versions of a conversation's summary, newest first, on whichever branch. The caller has made sure that the conversation is
 * the person's.
 *
 * @param activeId the one that is sent on the branch that is shown
 * @param before only versions before this one
 */
export async function listSummaryVersions(
  context: ShownContext,
  activeId: string | null,
  before: number | null,
): Promise<SummaryPage> {
  const rows = await db().$queryRaw<(Omit<SummaryVersion, 'createdAt'> & { createdAt: Date })[]>`
    WITH RECURSIVE ${contextMessages(context)}
    SELECT s.id, s.version, s."throughMessageId", s.text, s.tokens, s.author, s.provider, s.model, s."fromMessageId",
      s."foldedMessages", s."createdAt", based.version AS "basedOnVersion", restored.version AS "restoredFromVersion",
      s.id IS NOT DISTINCT FROM ${activeId}::uuid AS "isActive", ${canHold(context)} AS "canHold",
      covered.messages AS "coveredMessages"
    FROM summary s
    LEFT JOIN summary based ON based.id = s."basedOnId"
    LEFT JOIN summary restored ON restored.id = s."restoredFromId"
    CROSS JOIN LATERAL (
      WITH RECURSIVE chain AS (
        SELECT s."foldedMessages" AS folded, coalesce(s."restoredFromId", s."basedOnId") AS before
        UNION ALL
        SELECT c."foldedMessages", coalesce(c."restoredFromId", c."basedOnId") FROM chain JOIN summary c ON c.id = chain.before
      )
      SELECT sum(folded)::int AS messages FROM chain
    ) covered
    WHERE s."conversationId" = ${context.conversationId}::uuid AND (${before}::int IS NULL OR s.version < ${before}::int)
    ORDER BY s.version DESC LIMIT ${PAGE_SIZE + 1}`
  const versions = rows.slice(0, PAGE_SIZE).map((row) => ({ ...row, createdAt: row.createdAt.toISOString() }))
  return { versions, nextBefore: rows.length > PAGE_SIZE ? (versions.at(-1)?.version ?? null) : null }
}

/** A version as it was stored. */
interface StoredVersion {
  id: string
  throughMessageId: string
  text: string
  tokens: number
  author: 'model' | 'person'
  provider: string | null
  model: string | null
  canHold: boolean
}

/** A version, and whether it can hold in the context that is shown; NULL: there is none of this number. */
export async function findSummaryVersion(
  context: ShownContext,
  version: number,
): Promise<StoredVersion | null> {
  const [row] = await db().$queryRaw<StoredVersion[]>`
    WITH RECURSIVE ${contextMessages(context)}
    SELECT s.id, s."throughMessageId", s.text, s.tokens, s.author::text, s.provider, s.model,
      ${canHold(context)} AS "canHold"
    FROM summary s WHERE s."conversationId" = ${context.conversationId}::uuid AND s.version = ${version}::int`
  return row ?? null
}

/** What a version is to be made of anew. */
export interface SummaryOrigin {
  /** The text that it went on from; NULL: it was the first. */
  existing: { id: string; text: string } | null
  fromMessageId: string
  foldedMessages: number
  /** Those messages, oldest first. */
  messageIds: string[]
}

/**
 * What the version that a model wrote last was made of, in the history of one: behind what a person changed or rolled back to.
 * NULL: no model has written any of it.
 */
export async function findSummaryOrigin(summaryId: string): Promise<SummaryOrigin | null> {
  const [row] = await db().$queryRaw<SummaryOrigin[]>`
    WITH RECURSIVE chain AS (
      SELECT s.*, 1 AS depth FROM summary s WHERE s.id = ${summaryId}::uuid
      UNION ALL
      SELECT s.*, chain.depth + 1 FROM chain JOIN summary s ON s.id = coalesce(chain."restoredFromId", chain."basedOnId")
      WHERE chain."fromMessageId" IS NULL
    ), origin AS (
      SELECT * FROM chain WHERE "fromMessageId" IS NOT NULL ORDER BY depth LIMIT 1
    ), folded AS (
      SELECT m.id, m."parentId", 1 AS depth FROM origin JOIN message m ON m.id = origin."throughMessageId"
      UNION ALL
      SELECT m.id, m."parentId", folded.depth + 1 FROM origin, folded JOIN message m ON m.id = folded."parentId"
      WHERE folded.id <> origin."fromMessageId"
    )
    SELECT origin."fromMessageId", origin."foldedMessages",
      (SELECT json_build_object('id', s.id, 'text', s.text) FROM summary s WHERE s.id = origin."basedOnId") AS existing,
      (SELECT json_agg(id ORDER BY depth DESC) FROM folded) AS "messageIds"
    FROM origin`
  return row ?? null
}
