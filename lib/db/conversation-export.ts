import { db } from './client.ts'

/** A row as JSON. The columns are the schema's own, so that what is added to it later is not forgotten here. */
export type ExportedRow = Record<string, unknown> & { id: string }

/** How many rows are held at a time; with a message come its generations, whose ledgers can name thousands of messages. */
const PAGES = { conversations: 50, messages: 50 }

interface Selection {
  /** NULL: all of the person's. */
  ids: string[] | null
  /** Whether what is deleted and still kept is among them. */
  withDeleted: boolean
}

/** A page of a person's conversations, each with its summaries, in the order of their ids. */
export async function exportConversations(
  userId: string,
  { ids, withDeleted }: Selection,
  after: string | null,
): Promise<ExportedRow[]> {
  const rows = await db().$queryRaw<{ row: ExportedRow }[]>`
    SELECT to_jsonb(c) - '{userId,deletions,folderId}'::text[] || jsonb_build_object(
      'folder', (SELECT jsonb_build_object('name', f.name, 'persona', f.persona, 'instructions', f.instructions)
                 FROM folder f WHERE f.id = c."folderId"),
      'summaries', (
        SELECT coalesce(jsonb_agg(to_jsonb(s) - 'conversationId' ORDER BY s.version), '[]')
        FROM summary s JOIN message through ON through.id = s."throughMessageId"
        WHERE s."conversationId" = c.id AND (${withDeleted} OR through."deletedAt" IS NULL))) AS row
    FROM conversation c
    WHERE c."userId" = ${userId}::uuid AND (${after}::uuid IS NULL OR c.id > ${after}::uuid)
      AND (${ids}::uuid[] IS NULL OR c.id = ANY(${ids}::uuid[]))
      AND (${withDeleted} OR c."deletedAt" IS NULL AND (${ids}::uuid[] IS NOT NULL OR NOT c.temporary))
    ORDER BY c.id LIMIT ${PAGES.conversations}`
  return rows.map(({ row }) => row)
}

/**
 * A page of all messages of a conversation, on every branch; an answer with the generations that wrote it, and while one
 * runs with the text that is stored so far.
 * The caller has made sure that the conversation is the person's.
 */
export async function exportMessages(
  conversationId: string,
  { withDeleted }: Pick<Selection, 'withDeleted'>,
  after: string | null,
): Promise<ExportedRow[]> {
  const rows = await db().$queryRaw<{ row: ExportedRow }[]>`
    SELECT to_jsonb(m) - 'conversationId' || jsonb_build_object(
      'text', m.text || coalesce((
        SELECT string_agg(k.text, '' ORDER BY k.sequence) FROM generation g JOIN generation_chunk k ON k."generationId" = g.id
        WHERE g."messageId" = m.id AND g.status = 'streaming'), ''),
      'generations', (
        SELECT coalesce(jsonb_agg(to_jsonb(g) - '{conversationId,messageId}'::text[] ORDER BY g."startedAt", g.id), '[]')
        FROM generation g WHERE g."messageId" = m.id)) AS row
    FROM (
      -- By their ids alone, so that no page sorts the texts of all that follow it.
      SELECT id FROM message WHERE "conversationId" = ${conversationId}::uuid AND (${after}::uuid IS NULL OR id > ${after}::uuid)
        AND (${withDeleted} OR "deletedAt" IS NULL)
      ORDER BY id LIMIT ${PAGES.messages}
    ) page JOIN message m ON m.id = page.id ORDER BY m.id`
  return rows.map(({ row }) => row)
}

/** The person's conversations that can be exported, newest activity first. @param ids NULL: all of a list */
export async function listExported(
  userId: string,
  ids: string[] | null,
): Promise<{ id: string; title: string; createdAt: Date; lastActivityAt: Date }[]> {
  return db().conversation.findMany({
    where: { userId, deletedAt: null, ...(ids ? { id: { in: ids } } : { temporary: false }) },
    orderBy: [{ lastActivityAt: 'desc' }, { id: 'desc' }],
    select: { id: true, title: true, createdAt: true, lastActivityAt: true },
  })
}
