import { TRASH_DAYS } from '#lib/chat/limits.ts'
import { log } from '#lib/log.ts'
import { db } from './client.ts'
import { isStatementTimeout } from './database-errors.ts'
import { Prisma } from './generated/client.ts'

/** What was purged: how many of each person's. */
export type Purged = Map<string, number>

/** Of whom so many were deleted in one statement. */
type PurgedRow = { userId: string; count: number }

/** The messages of how many conversations go in one statement, which must end within its time (10 s). */
const CONVERSATIONS_AT_ONCE = 20
/** How many messages go in one where that was too much. */
const MESSAGES_AT_ONCE = 500

const isOver = Prisma.sql`"deletedAt" <= now() - make_interval(days => ${TRASH_DAYS}::int)`

/**
 * Deletes the conversations that were deleted so long ago that they cannot be restored, with all that is in them; what
 * they have cost stays in the ledger. Several instances may do so at once.
 */
export async function purgeDeletedConversations(): Promise<Purged> {
  return purge({
    some: () => db().$queryRaw<PurgedRow[]>`
      WITH gone AS (
        DELETE FROM conversation WHERE ${isOver} AND id IN (
          SELECT id FROM conversation WHERE ${isOver} LIMIT ${CONVERSATIONS_AT_ONCE} FOR UPDATE SKIP LOCKED)
        RETURNING "userId")
      SELECT "userId", count(*)::int FROM gone GROUP BY "userId"`,
    left: () => db().$queryRaw<{ id: string }[]>`SELECT id FROM conversation WHERE ${isOver}`,
    one: async (id) => {
      await deletePortions(Prisma.sql`"conversationId" = ${id}::uuid`)
      return db().$queryRaw<PurgedRow[]>`
        DELETE FROM conversation WHERE ${isOver} AND id = ${id}::uuid RETURNING "userId", 1 AS count`
    },
  })
}

/**
 * The same of messages in conversations that stay. All of a conversation go in one statement, since what follows a deleted
 * message is deleted too: one by one, each would take those that follow it along, level by level.
 */
export async function purgeDeletedMessages(): Promise<Purged> {
  return purge({
    some: () => db().$queryRaw<PurgedRow[]>`
      WITH gone AS (
        DELETE FROM message WHERE ${isOver} AND "conversationId" IN (
          SELECT "conversationId" FROM message WHERE ${isOver} GROUP BY "conversationId" LIMIT ${CONVERSATIONS_AT_ONCE})
        RETURNING "conversationId")
      SELECT c."userId", count(*)::int FROM gone JOIN conversation c ON c.id = gone."conversationId" GROUP BY c."userId"`,
    left: () => db().$queryRaw<{ id: string }[]>`
      SELECT DISTINCT "conversationId" AS id FROM message WHERE ${isOver}`,
    one: async (id) => {
      const count = await deletePortions(Prisma.sql`"conversationId" = ${id}::uuid AND ${isOver}`)
      return db().$queryRaw<PurgedRow[]>`
        SELECT "userId", ${count}::int AS count FROM conversation WHERE id = ${id}::uuid`
    },
  })
}

interface Purging {
  /** Deletes what is in some conversations; nothing: there is none left. */
  some: () => Promise<PurgedRow[]>
  /** The conversations in which there is something left. */
  left: () => Promise<{ id: string }[]>
  /** Deletes what is in one, however much that is. */
  one: (conversationId: string) => Promise<PurgedRow[]>
}

/** Some at once; once that has taken too long, one by one, of which none keeps the others. */
async function purge({ some, left, one }: Purging): Promise<Purged> {
  const purged: Purged = new Map()
  const note = (rows: PurgedRow[]) => {
    for (const { userId, count } of rows) purged.set(userId, count + (purged.get(userId) ?? 0))
  }
  try {
    for (let rows = await some(); rows.length > 0; rows = await some()) note(rows)
    return purged
  } catch (error) {
    if (!isStatementTimeout(error)) throw error
  }
  for (const { id } of await left()) {
    try {
      note(await one(id))
    } catch (error) {
      log().warn({ conversationId: id, error: String(error) }, 'a conversation could not be purged yet')
    }
  }
  return purged
}

/** Deletes messages a portion at a time, parted from each other first: else each would take along those that follow it. */
async function deletePortions(which: Prisma.Sql): Promise<number> {
  await whileSome(
    () => db().$executeRaw`
      UPDATE message SET "parentId" = NULL WHERE id IN (
        SELECT id FROM message WHERE ${which} AND "parentId" IS NOT NULL LIMIT ${MESSAGES_AT_ONCE})`,
  )
  return whileSome(
    () => db().$executeRaw`
      DELETE FROM message WHERE id IN (SELECT id FROM message WHERE ${which} LIMIT ${MESSAGES_AT_ONCE})`,
  )
}

async function whileSome(change: () => Promise<number>): Promise<number> {
  let changed = 0
  for (let count = await change(); count > 0; count = await change()) changed += count
  return changed
}
