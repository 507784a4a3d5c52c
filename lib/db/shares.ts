import { v7 as uuidv7 } from 'uuid'
import { MAX_SHARES, type SharedCopy, type SharedMessage, type ShareItem } from '#lib/chat/share.ts'
import { db } from './client.ts'
import { Prisma } from './generated/client.ts'

/** A copy of a branch, to be stored. */
export interface NewShareRow extends Pick<SharedCopy, 'title' | 'sharedBy' | 'messages'> {
  conversationId: string
  /** From `makeSecret`. */
  secret: string
  /** NULL: until it is revoked. */
  days: number | null
}

type ShareRow = Pick<ShareItem, 'id' | 'conversationId' | 'title' | 'sharedBy' | 'isBehind'> & {
  secret: string
  copiedAt: Date
  expiresAt: Date | null
}

const columns = Prisma.sql`s.id, s."conversationId", s.secret, s.title, s."sharedBy", s."copiedAt", s."expiresAt"`

const isBehind = Prisma.sql`c."lastActivityAt" > s."copiedAt" AS "isBehind"`

/**
 * What can be read now: not run out, of a person who is not disabled, of a conversation that is not deleted. One that is
 * brought back within its 30 days brings its copies back with it.
 */
const readable = Prisma.sql`
  FROM share s JOIN conversation c ON c.id = s."conversationId" JOIN "user" u ON u.id = s."userId"
  WHERE (s."expiresAt" IS NULL OR s."expiresAt" > clock_timestamp()) AND c."deletedAt" IS NULL AND u."disabledAt" IS NULL`

/** Stores a copy of a conversation of this person; NULL when there is no such conversation, or they share too many. */
export async function insertShare(userId: string, share: NewShareRow): Promise<ShareItem | null> {
  const { conversationId, secret, title, sharedBy, messages, days } = share
  const [row] = await db().$queryRaw<ShareRow[]>`
    INSERT INTO share AS s (id, "userId", "conversationId", secret, title, "sharedBy", messages, "copiedAt", "expiresAt")
    SELECT ${uuidv7()}::uuid, c."userId", c.id, ${secret}, ${title}, ${sharedBy}, ${JSON.stringify(messages)}::jsonb,
      clock_timestamp(), clock_timestamp() + make_interval(days => ${days}::int)
    FROM conversation c
    WHERE c.id = ${conversationId}::uuid AND c."userId" = ${userId}::uuid AND c."deletedAt" IS NULL AND NOT c.temporary
      -- Of those that they see in their list, and can revoke.
      AND (SELECT count(*) ${readable} AND s."userId" = ${userId}::uuid) < ${MAX_SHARES}
    RETURNING ${columns}, false AS "isBehind"`
  return row ? item(row) : null
}

/** Puts another copy in the place of one, under the same address. NULL when it is not there any more. */
export async function replaceShare(
  userId: string,
  shareId: string,
  { title, messages }: { title: string; messages: SharedMessage[] },
): Promise<ShareItem | null> {
  const [row] = await db().$queryRaw<ShareRow[]>`
    UPDATE share s SET title = ${title}, messages = ${JSON.stringify(messages)}::jsonb, "copiedAt" = clock_timestamp()
    WHERE s.id = ${shareId}::uuid AND s."userId" = ${userId}::uuid
    RETURNING ${columns}, false AS "isBehind"`
  return row ? item(row) : null
}

/**
 * What a person shares, the newest copy first.
 *
 * @param conversationId NULL: of all their conversations
 */
export async function listShares(userId: string, conversationId: string | null = null): Promise<ShareItem[]> {
  const rows = await db().$queryRaw<ShareRow[]>`
    SELECT ${columns}, ${isBehind} ${readable} AND s."userId" = ${userId}::uuid
      AND (${conversationId}::uuid IS NULL OR s."conversationId" = ${conversationId}::uuid)
    ORDER BY s."copiedAt" DESC, s.id DESC`
  return rows.map(item)
}

/** One copy that a person shares; NULL when it is missing, cannot be read any more, or is another's. */
export async function findShare(userId: string, shareId: string): Promise<ShareItem | null> {
  const [row] = await db().$queryRaw<ShareRow[]>`
    SELECT ${columns}, ${isBehind} ${readable} AND s.id = ${shareId}::uuid AND s."userId" = ${userId}::uuid`
  return row ? item(row) : null
}

/** What whoever has the address reads; NULL when there is nothing, or nothing any more. */
export async function readSharedCopy(secret: string): Promise<SharedCopy | null> {
  const [row] = await db().$queryRaw<(ShareRow & Pick<SharedCopy, 'messages'>)[]>`
    SELECT ${columns}, ${isBehind}, s.messages ${readable} AND s.secret = ${secret}`
  if (!row) return null
  const { title, sharedBy, copiedAt, expiresAt } = item(row)
  return { title, sharedBy, copiedAt, expiresAt, messages: row.messages }
}

/** Revokes a copy for ever. Returns false when there was none. */
export async function deleteShare(userId: string, shareId: string): Promise<boolean> {
  const { count } = await db().share.deleteMany({ where: { id: shareId, userId } })
  return count === 1
}

/** Deletes the copies that have run out. Returns how many. */
export async function deleteExpiredShares(): Promise<number> {
  return db().$executeRaw`DELETE FROM share WHERE "expiresAt" < clock_timestamp()`
}

function item({ secret, copiedAt, expiresAt, ...row }: ShareRow): ShareItem {
  return {
    ...row,
    path: `/s/${secret}`,
    copiedAt: copiedAt.toISOString(),
    expiresAt: expiresAt?.toISOString() ?? null,
  }
}
