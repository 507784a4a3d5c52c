import { validate } from 'uuid'
import { TRASH_DAYS } from '#lib/chat/limits.ts'
import type { Conversation, ConversationFilter, ConversationPage, DeletedPage } from '#lib/chat/types.ts'
import { AppError } from '#lib/errors.ts'
import { db } from './client.ts'
import { type ConversationRow, conversationColumns, toConversation, toListItem } from './conversation-row.ts'
import { Prisma } from './generated/client.ts'

const PAGE_SIZE = 40

export interface PageOptions extends ConversationFilter {
  /** The `nextCursor` of the page before. */
  before?: string | undefined
  limit?: number | undefined
}

/**
 * A page of the person's conversations, newest activity first; all that are not deleted, unless the filter says more.
 *
 * @throws AppError invalid_request for a cursor that is none
 */
export async function listConversations(
  userId: string,
  options: PageOptions = {},
): Promise<ConversationPage> {
  const { rows, nextCursor } = await readPage(userId, options)
  return { conversations: rows.map(toListItem), nextCursor }
}

/**
 * The same with all that is known of each. Of those that are deleted (`deleted`) the last one deleted comes first.
 *
 * @throws AppError invalid_request for a cursor that is none
 */
export async function listWholeConversations(
  userId: string,
  options: PageOptions & { deleted?: boolean },
): Promise<{ conversations: Conversation[]; nextCursor: string | null }> {
  const { rows, nextCursor } = await (options.deleted ? readTrash : readPage)(userId, options)
  return { conversations: rows.map(toConversation), nextCursor }
}

/**
 * A page of what the person has deleted and can still restore, the last deleted first.
 *
 * @throws AppError invalid_request for a cursor that is none
 */
export async function listDeletedConversations(userId: string, options: PageOptions): Promise<DeletedPage> {
  const { rows, nextCursor } = await readTrash(userId, options)
  const conversations = rows.map((row) => ({
    ...toListItem(row),
    deletedAt: (row.deletedAt ?? row.createdAt).toISOString(),
  }))
  return { conversations, nextCursor }
}

async function readPage(userId: string, { before, limit = PAGE_SIZE, ...filter }: PageOptions) {
  const rows = await db().$queryRaw<ConversationRow[]>`
    SELECT ${conversationColumns} FROM conversation c
    WHERE c."userId" = ${userId}::uuid AND c."deletedAt" IS NULL AND NOT c.temporary ${conditionsOf(filter)}
      ${beyond(Prisma.sql`c."lastActivityAt"`, before)}
    ORDER BY c."lastActivityAt" DESC, c.id DESC LIMIT ${limit + 1}`
  return pageOf(rows, limit, ({ lastActivityAt }) => lastActivityAt)
}

async function readTrash(userId: string, { before, limit = PAGE_SIZE, ...filter }: PageOptions) {
  const rows = await db().$queryRaw<ConversationRow[]>`
    SELECT ${conversationColumns} FROM conversation c
    WHERE c."userId" = ${userId}::uuid AND ${isInTrash} AND NOT c.temporary ${conditionsOf(filter)}
      ${beyond(Prisma.sql`c."deletedAt"`, before)}
    ORDER BY c."deletedAt" DESC, c.id DESC LIMIT ${limit + 1}`
  return pageOf(rows, limit, ({ deletedAt, createdAt }) => deletedAt ?? createdAt)
}

/** Deleted, and not for so long that it is purged: of a conversation that the statement calls `c`. */
export const isInTrash = Prisma.sql`c."deletedAt" > now() - make_interval(days => ${TRASH_DAYS}::int)`

/** Only what is asked for stands in the statement, so that PostgreSQL can see which index has just these rows. */
function conditionsOf({ pinned, archived, folder }: ConversationFilter): Prisma.Sql {
  const conditions = [
    pinned !== undefined &&
      Prisma.sql`AND (c."pinnedAt" IS ${pinned ? Prisma.sql`NOT NULL` : Prisma.sql`NULL`})`,
    archived !== undefined &&
      Prisma.sql`AND (c."archivedAt" IS ${archived ? Prisma.sql`NOT NULL` : Prisma.sql`NULL`})`,
    folder !== undefined &&
      (folder === null
        ? Prisma.sql`AND c."folderId" IS NULL`
        : Prisma.sql`AND c."folderId" = ${folder}::uuid`),
  ].filter((condition) => condition !== false)
  return conditions.length === 0 ? Prisma.empty : Prisma.join(conditions, ' ')
}

function beyond(column: Prisma.Sql, before: string | undefined): Prisma.Sql {
  if (before === undefined) return Prisma.empty
  const { time, id } = parseCursor(before)
  return Prisma.sql`AND (${column}, c.id) < (${time}::timestamptz, ${id}::uuid)`
}

function pageOf(rows: ConversationRow[], limit: number, timeOf: (row: ConversationRow) => Date) {
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  const nextCursor = rows.length > limit && last ? `${timeOf(last).toISOString()}_${last.id}` : null
  return { rows: page, nextCursor }
}

function parseCursor(cursor: string): { time: string; id: string } {
  const [time = '', id = ''] = cursor.split('_')
  const date = new Date(time)
  // Years of more digits, and the year 0, PostgreSQL does not know.
  const isTime = /^[1-9]\d{3}-/.test(time) && !Number.isNaN(date.getTime()) && date.toISOString() === time
  if (!isTime || !validate(id)) {
    throw new AppError('invalid_request', 'The cursor is not one that this server gave.', { field: 'before' })
  }
  return { time, id }
}
