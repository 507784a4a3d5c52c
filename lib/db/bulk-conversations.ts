import type { BulkRequest } from '#lib/chat/library-request.ts'
import { TRASH_DAYS } from '#lib/chat/limits.ts'
import { db } from './client.ts'
import { isFolderOf } from './conversations.ts'
import { Prisma } from './generated/client.ts'
import { isInTrash } from './list-conversations.ts'

/**
 * Does the same with several of the person's conversations, in one statement: with all of them or with none.
 *
 * @returns those in which an answer is being written; NULL when one of them, or the folder, is missing or another's
 */
export async function changeConversations(userId: string, request: BulkRequest): Promise<string[] | null> {
  const { ids } = request
  const folderId = request.action === 'move' ? request.folderId : null
  const rows = await db().$queryRaw<{ id: string; running: boolean }[]>`
    WITH own AS (
      -- In one order, so that of two that change the same ones neither waits for the other in turn.
      SELECT c.id FROM conversation c
      WHERE c.id = ANY(${ids}::uuid[]) AND c."userId" = ${userId}::uuid AND ${presentFor(request.action)}
      ORDER BY c.id FOR UPDATE
    )
    UPDATE conversation c SET ${changeOf(request)}, "changedAt" = clock_timestamp()
    WHERE c.id IN (SELECT id FROM own) AND (SELECT count(*) FROM own) = ${ids.length} AND ${isFolderOf(userId, folderId)}
    RETURNING c.id, EXISTS (SELECT 1 FROM generation g WHERE g."conversationId" = c.id AND g.status = 'streaming') AS running`
  if (rows.length === 0) return null
  return rows.filter(({ running }) => running).map(({ id }) => id)
}

/** What is in the person's trash is gone for good, as by `erase`. */
export async function eraseTrash(userId: string): Promise<void> {
  await db().$executeRaw`
    UPDATE conversation c SET ${erased}, "changedAt" = clock_timestamp()
    WHERE c.id IN (SELECT c.id FROM conversation c WHERE c."userId" = ${userId}::uuid AND ${isInTrash} ORDER BY c.id FOR UPDATE)`
}

/** As if it had lain there for its time: it can be read no more, and the next purge takes it. */
const erased = Prisma.sql`"deletedAt" = now() - make_interval(days => ${TRASH_DAYS}::int)`

/** What counts as missing: what is deleted, but where that is what it is about. */
function presentFor(action: BulkRequest['action']): Prisma.Sql {
  if (action === 'erase') return isInTrash
  if (action === 'delete' || action === 'restore') return Prisma.sql`(c."deletedAt" IS NULL OR ${isInTrash})`
  return Prisma.sql`c."deletedAt" IS NULL`
}

function changeOf(request: BulkRequest): Prisma.Sql {
  switch (request.action) {
    case 'pin':
      return Prisma.sql`"pinnedAt" = coalesce("pinnedAt", now())`
    case 'unpin':
      return Prisma.sql`"pinnedAt" = NULL`
    case 'archive':
      return Prisma.sql`"archivedAt" = coalesce("archivedAt", now())`
    case 'unarchive':
      return Prisma.sql`"archivedAt" = NULL`
    case 'delete':
      return Prisma.sql`"deletedAt" = coalesce("deletedAt", now())`
    case 'restore':
      return Prisma.sql`"deletedAt" = NULL`
    case 'erase':
      return erased
    case 'move':
      return Prisma.sql`"folderId" = ${request.folderId}::uuid`
  }
}
