import { v7 as uuidv7, validate } from 'uuid'
import type {
  Conversation,
  ConversationEvent,
  ConversationListItem,
  ConversationPage,
  ConversationWithMessages,
  Intensity,
  TitleSource,
} from '#lib/chat/types.ts'
import { AppError } from '#lib/errors.ts'
import { db } from './client.ts'
import { Prisma } from './generated/client.ts'
import { readBranch } from './messages.ts'
import { findSummaryOn } from './summaries.ts'

const PAGE_SIZE = 40

interface ConversationRow {
  id: string
  title: string
  titleSource: TitleSource
  persona: string
  intensity: Intensity | null
  model: string | null
  activeLeafId: string | null
  createdAt: Date
  lastActivityAt: Date
  temporary: boolean
  pinned: boolean
  archived: boolean
  running: boolean
}

const columns = Prisma.sql`
  c.id, c.title, c."titleSource", c.persona, c.intensity, c.model, c."activeLeafId", c."createdAt", c."lastActivityAt", c.temporary,
  c."pinnedAt" IS NOT NULL AS pinned, c."archivedAt" IS NOT NULL AS archived,
  EXISTS (SELECT 1 FROM generation g WHERE g."conversationId" = c.id AND g.status = 'streaming') AS running`

interface PageOptions {
  /** The `nextCursor` of the page before. */
  before?: string | undefined
  limit?: number
  /** Only those that are archived, or that are not; missing: all. */
  archived?: boolean
}

/**
 * A page of the person's conversations, newest activity first.
 *
 * @throws AppError invalid_request for a cursor that is none
 */
export async function listConversations(
  userId: string,
  options: PageOptions = {},
): Promise<ConversationPage> {
  const { rows, nextCursor } = await readPage(userId, options)
  return { conversations: rows.map(listItem), nextCursor }
}

/**
 * The same with all that is known of each.
 *
 * @throws AppError invalid_request for a cursor that is none
 */
export async function listWholeConversations(
  userId: string,
  options: PageOptions,
): Promise<{ conversations: Conversation[]; nextCursor: string | null }> {
  const { rows, nextCursor } = await readPage(userId, options)
  return { conversations: rows.map(conversation), nextCursor }
}

async function readPage(userId: string, { limit = PAGE_SIZE, ...options }: PageOptions) {
  const before = options.before === undefined ? null : parseCursor(options.before)
  const after = before
    ? Prisma.sql`AND (c."lastActivityAt", c.id) < (${before.lastActivityAt}::timestamptz, ${before.id}::uuid)`
    : Prisma.empty
  const rows = await db().$queryRaw<ConversationRow[]>`
    SELECT ${columns} FROM conversation c
    WHERE c."userId" = ${userId}::uuid AND c."deletedAt" IS NULL AND NOT c.temporary ${after}
      AND (${options.archived ?? null}::boolean IS NULL OR (c."archivedAt" IS NOT NULL) = ${options.archived ?? null}::boolean)
    ORDER BY c."lastActivityAt" DESC, c.id DESC LIMIT ${limit + 1}`
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    rows: page,
    nextCursor: rows.length > limit && last ? `${last.lastActivityAt.toISOString()}_${last.id}` : null,
  }
}

function parseCursor(cursor: string): { lastActivityAt: string; id: string } {
  const [time = '', id = ''] = cursor.split('_')
  const date = new Date(time)
  // Years of more digits, and the year 0, PostgreSQL does not know.
  const isTime = /^[1-9]\d{3}-/.test(time) && !Number.isNaN(date.getTime()) && date.toISOString() === time
  if (!isTime || !validate(id)) {
    throw new AppError('invalid_request', 'The cursor is not one that this server gave.', { field: 'before' })
  }
  return { lastActivityAt: time, id }
}

/** One of the person's conversations without its messages; NULL when it is missing, deleted or another's. */
export async function findConversation(userId: string, conversationId: string): Promise<Conversation | null> {
  const [row] = await db().$queryRaw<ConversationRow[]>`
    SELECT ${columns} FROM conversation c
    WHERE c.id = ${conversationId}::uuid AND c."userId" = ${userId}::uuid AND c."deletedAt" IS NULL`
  return row ? conversation(row) : null
}

/** The same with the messages of its active branch. */
export async function readConversation(
  userId: string,
  conversationId: string,
): Promise<ConversationWithMessages | null> {
  const found = await findConversation(userId, conversationId)
  if (!found) return null
  const messages = await readBranch(found.id, found.activeLeafId)
  return { conversation: found, messages, summary: await findSummaryOn(found.id, messages) }
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
      "changedAt" = clock_timestamp()
    WHERE c.id = ${conversationId}::uuid AND c."userId" = ${userId}::uuid AND c."deletedAt" IS NULL
    RETURNING ${columns}`
  return row ? conversation(row) : null
}

/** A moment that a mark was set: kept while it stays, now when it is set, none when it is taken away. */
function since(column: Prisma.Sql, isSet: boolean | undefined): Prisma.Sql {
  if (isSet === undefined) return column
  return isSet ? Prisma.sql`coalesce(${column}, clock_timestamp())` : Prisma.sql`NULL`
}

/** Stores a conversation without messages. */
export async function insertConversation(
  userId: string,
  wanted: Pick<Conversation, 'title' | 'persona' | 'intensity' | 'model'> & {
    /** Whether the title is the person's. */
    isNamed: boolean
  },
): Promise<Conversation> {
  const { title, persona, intensity, model, isNamed } = wanted
  const [row] = await db().$queryRaw<[ConversationRow]>`
    INSERT INTO conversation AS c (id, "userId", title, "titleSource", persona, intensity, model)
    VALUES (${uuidv7()}::uuid, ${userId}::uuid, ${title}, ${isNamed ? 'person' : 'placeholder'}::"TitleSource",
      ${persona}, ${intensity}::"Intensity", ${model})
    RETURNING ${columns}`
  return conversation(row)
}

/** Hides a conversation; its rows are kept for 30 days. Returns false when there was none to hide. */
export async function deleteConversation(userId: string, conversationId: string): Promise<boolean> {
  const count = await db().$executeRaw`
    UPDATE conversation SET "deletedAt" = clock_timestamp(), "changedAt" = clock_timestamp()
    WHERE id = ${conversationId}::uuid AND "userId" = ${userId}::uuid AND "deletedAt" IS NULL`
  return count === 1
}

/** Stores a generated title, unless the person has named the conversation or one was stored before. */
export async function setGeneratedTitle(conversationId: string, title: string): Promise<boolean> {
  const count = await db().$executeRaw`
    UPDATE conversation SET title = ${title}, "titleSource" = 'generated', "changedAt" = clock_timestamp()
    WHERE id = ${conversationId}::uuid AND "titleSource" = 'placeholder'`
  return count === 1
}

/** The first user message of a conversation that still waits for its title, and whose it is. */
export async function findUntitledMessage(
  conversationId: string,
): Promise<{ userId: string; text: string } | null> {
  const row = await db().message.findFirst({
    where: {
      conversationId,
      parentId: null,
      deletedAt: null,
      role: 'user',
      conversation: { titleSource: 'placeholder', deletedAt: null, temporary: false },
    },
    orderBy: { id: 'asc' },
    select: { text: true, conversation: { select: { userId: true } } },
  })
  return row && { userId: row.conversation.userId, text: row.text }
}

/** Conversations whose title job may have been lost with the server that should have sent it. */
export async function findUntitledConversations(createdAfter: Date): Promise<string[]> {
  const rows = await db().conversation.findMany({
    where: { titleSource: 'placeholder', deletedAt: null, temporary: false, createdAt: { gt: createdAfter } },
    select: { id: true },
    take: 500,
  })
  return rows.map(({ id }) => id)
}

/** What changed in the conversations of these people within the last `lookBackMs`, by the database's clock. */
export async function readConversationChanges(
  userIds: string[],
  lookBackMs: number,
): Promise<{ userId: string; changedAt: Date; event: ConversationEvent }[]> {
  const rows = await db().$queryRaw<
    (ConversationRow & { userId: string; changedAt: Date; deletedAt: Date | null })[]
  >`
    SELECT ${columns}, c."userId", c."changedAt", c."deletedAt" FROM conversation c
    WHERE c."changedAt" > clock_timestamp() - make_interval(secs => ${lookBackMs / 1000}::float)
      AND c."userId" = ANY(${userIds}::uuid[]) AND NOT c.temporary
    ORDER BY c."changedAt" LIMIT 1000`
  return rows.map((row) => ({
    userId: row.userId,
    changedAt: row.changedAt,
    event: { ...listItem(row), deleted: row.deletedAt !== null, activeLeafId: row.activeLeafId },
  }))
}

function listItem(row: ConversationRow): ConversationListItem {
  return {
    id: row.id,
    title: row.title,
    titleSource: row.titleSource,
    lastActivityAt: row.lastActivityAt.toISOString(),
    running: row.running,
  }
}

function conversation(row: ConversationRow): Conversation {
  return {
    ...listItem(row),
    persona: row.persona,
    intensity: row.intensity,
    model: row.model,
    activeLeafId: row.activeLeafId,
    createdAt: row.createdAt.toISOString(),
    pinned: row.pinned,
    archived: row.archived,
    ...(row.temporary && { isTemporary: true }),
  }
}
