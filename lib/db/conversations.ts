import { v7 as uuidv7 } from 'uuid'
import { type BranchWindow, MESSAGES_PER_PAGE } from '#lib/chat/branch-window.ts'
import type { Conversation, ConversationEvent, ConversationWithMessages, Intensity } from '#lib/chat/types.ts'
import { db } from './client.ts'
import { type ConversationRow, conversationColumns, toConversation, toListItem } from './conversation-row.ts'
import { Prisma } from './generated/client.ts'
import { readBranch } from './messages.ts'
import { findSummaryOn } from './summaries.ts'

/** One of the person's conversations without its messages; NULL when it is missing, deleted or another's. */
export async function findConversation(userId: string, conversationId: string): Promise<Conversation | null> {
  const [row] = await db().$queryRaw<ConversationRow[]>`
    SELECT ${conversationColumns} FROM conversation c
    WHERE c.id = ${conversationId}::uuid AND c."userId" = ${userId}::uuid AND c."deletedAt" IS NULL`
  return row ? toConversation(row) : null
}

/**
 * The same with the messages of its active branch.
 *
 * @param window NULL: all of them
 */
export async function readConversation(
  userId: string,
  conversationId: string,
  window: BranchWindow | null = null,
): Promise<ConversationWithMessages | null> {
  const found = await findConversation(userId, conversationId)
  if (!found) return null
  const part = window ? { limit: MESSAGES_PER_PAGE, from: window.from } : {}
  const [messages, summary] = await Promise.all([
    readBranch(found.id, found.activeLeafId, part),
    findSummaryOn(found.id, found.activeLeafId),
  ])
  return { conversation: found, messages, summary }
}

/** Changes what is given, and makes a temporary conversation one like any other with `isKept`; a title given here is the person's and is never overwritten by a generated one. */
export async function updateConversation(
  userId: string,
  conversationId: string,
  change: {
    title?: string
    persona?: string
    intensity?: Intensity | null
    model?: string | null
    isKept?: boolean
    pinned?: boolean
    archived?: boolean
    folderId?: string | null
  },
): Promise<Conversation | null> {
  const [row] = await db().$queryRaw<ConversationRow[]>`
    UPDATE conversation c SET
      title = coalesce(${change.title ?? null}, title),
      "titleSource" = CASE WHEN ${change.title !== undefined} THEN 'person'::"TitleSource" ELSE "titleSource" END,
      persona = coalesce(${change.persona ?? null}, persona),
      intensity = CASE WHEN ${change.intensity !== undefined} THEN ${change.intensity ?? null}::"Intensity" ELSE intensity END,
      model = CASE WHEN ${change.model !== undefined} THEN ${change.model ?? null} ELSE model END,
      temporary = temporary AND NOT ${change.isKept ?? false},
      "pinnedAt" = ${since(Prisma.sql`"pinnedAt"`, change.pinned)},
      "archivedAt" = ${since(Prisma.sql`"archivedAt"`, change.archived)},
      "folderId" = CASE WHEN ${change.folderId !== undefined} THEN ${change.folderId ?? null}::uuid ELSE "folderId" END,
      "changedAt" = clock_timestamp()
    WHERE c.id = ${conversationId}::uuid AND c."userId" = ${userId}::uuid AND c."deletedAt" IS NULL
      AND ${isFolderOf(userId, change.folderId)}
    RETURNING ${conversationColumns}`
  return row ? toConversation(row) : null
}

/** A moment that a mark was set: kept while it stays, now when it is set, none when it is taken away. */
function since(column: Prisma.Sql, isSet: boolean | undefined): Prisma.Sql {
  if (isSet === undefined) return column
  return isSet ? Prisma.sql`coalesce(${column}, clock_timestamp())` : Prisma.sql`NULL`
}

/** Whether somebody may put a conversation there: into one of their folders, or into none. */
export function isFolderOf(userId: string, folderId: string | null | undefined): Prisma.Sql {
  if (folderId == null) return Prisma.sql`true`
  return Prisma.sql`EXISTS (SELECT 1 FROM folder f WHERE f.id = ${folderId}::uuid AND f."userId" = ${userId}::uuid FOR KEY SHARE)`
}

/** Stores a conversation without messages. */
export async function insertConversation(
  userId: string,
  wanted: Pick<Conversation, 'title' | 'persona' | 'intensity' | 'model' | 'folderId'> & {
    /** Whether the title is the person's. */
    isNamed: boolean
  },
): Promise<Conversation> {
  const { title, persona, intensity, model, folderId, isNamed } = wanted
  const [row] = await db().$queryRaw<[ConversationRow]>`
    INSERT INTO conversation AS c (id, "userId", title, "titleSource", persona, intensity, model, "folderId")
    VALUES (${uuidv7()}::uuid, ${userId}::uuid, ${title}, ${isNamed ? 'person' : 'placeholder'}::"TitleSource",
      ${persona}, ${intensity}::"Intensity", ${model}, ${folderId}::uuid)
    RETURNING ${conversationColumns}`
  return toConversation(row)
}

/** Hides a conversation; its rows are kept for 30 days. Returns false when there was none to hide. */
export async function deleteConversation(userId: string, conversationId: string): Promise<boolean> {
  const count = await db().$executeRaw`
    UPDATE conversation SET "deletedAt" = clock_timestamp(), "changedAt" = clock_timestamp()
    WHERE id = ${conversationId}::uuid AND "userId" = ${userId}::uuid AND "deletedAt" IS NULL`
  return count === 1
}

/**
 * Stores a title that was found, or the first words that stand in for one until it is; unless the person has named the
 * conversation or a title was found before.
 */
export async function setFoundTitle(
  conversationId: string,
  title: string,
  source: 'generated' | 'placeholder',
): Promise<boolean> {
  const count = await db().$executeRaw`
    UPDATE conversation SET title = ${title}, "titleSource" = ${source}::"TitleSource", "changedAt" = clock_timestamp()
    WHERE id = ${conversationId}::uuid AND "titleSource" = 'placeholder'
      AND (title <> ${title} OR "titleSource" <> ${source}::"TitleSource")`
  return count === 1
}

/** The first user message of a conversation that still waits for its title, whose it is, and how often one was asked for. */
export async function findUntitledMessage(
  conversationId: string,
): Promise<{ userId: string; text: string; calls: number } | null> {
  const row = await db().message.findFirst({
    where: {
      conversationId,
      parentId: null,
      deletedAt: null,
      role: 'user',
      conversation: { titleSource: 'placeholder', deletedAt: null, temporary: false },
    },
    orderBy: { id: 'asc' },
    select: {
      text: true,
      conversation: {
        select: { userId: true, _count: { select: { usageEvents: { where: { kind: 'title' } } } } },
      },
    },
  })
  return (
    row && { userId: row.conversation.userId, text: row.text, calls: row.conversation._count.usageEvents }
  )
}

/** Conversations without a title that was found. */
export async function findUntitledConversations(createdAfter: Date): Promise<string[]> {
  const rows = await db().conversation.findMany({
    where: { titleSource: 'placeholder', deletedAt: null, temporary: false, createdAt: { gt: createdAfter } },
    select: { id: true },
    take: 500,
  })
  return rows.map(({ id }) => id)
}

interface ConversationChange {
  userId: string
  changedAt: Date
  event: ConversationEvent
}

/** How many are read at a time: thousands can change at once, of a folder that is deleted, say. */
const CHANGES_PAGE = 1_000

/** What changed in the conversations of these people within the last `lookBackMs`, by the database's clock. */
export async function readConversationChanges(
  userIds: string[],
  lookBackMs: number,
): Promise<ConversationChange[]> {
  const changes: ConversationChange[] = []
  for (;;) {
    const page = await readChangesPage(userIds, lookBackMs, changes.at(-1))
    changes.push(...page)
    if (page.length < CHANGES_PAGE) return changes
  }
}

async function readChangesPage(
  userIds: string[],
  lookBackMs: number,
  last: ConversationChange | undefined,
): Promise<ConversationChange[]> {
  const after = last
    ? Prisma.sql`(c."changedAt", c.id) > (${last.changedAt}::timestamptz, ${last.event.id}::uuid)`
    : Prisma.sql`true`
  const rows = await db().$queryRaw<(ConversationRow & { userId: string; changedAt: Date })[]>`
    SELECT ${conversationColumns}, c."userId", c."changedAt" FROM conversation c
    WHERE c."changedAt" > clock_timestamp() - make_interval(secs => ${lookBackMs / 1000}::float)
      AND c."userId" = ANY(${userIds}::uuid[]) AND NOT c.temporary
      AND ${after}
    ORDER BY c."changedAt", c.id LIMIT ${CHANGES_PAGE}`
  return rows.map((row) => ({
    userId: row.userId,
    changedAt: row.changedAt,
    event: { ...toListItem(row), deleted: row.deletedAt !== null, activeLeafId: row.activeLeafId },
  }))
}
