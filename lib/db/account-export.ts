import { db } from './client.ts'

/** A row as JSON. The columns are the schema's own, so that what is added to it later is not forgotten here. */
export type ExportedRow = Record<string, unknown> & { id: string }

/** How many rows are held at a time; with a message come its generations, whose ledgers can name thousands of messages. */
const PAGES = { conversations: 50, messages: 50, usageEvents: 1_000 }

/** What is kept of a person themselves; NULL when the account is gone. */
export async function exportProfile(userId: string): Promise<ExportedRow | null> {
  const rows = await db().$queryRaw<{ row: ExportedRow }[]>`
    SELECT to_jsonb(u) - '{passwordHash,sessionVersion}'::text[] || jsonb_build_object(
      'hasPassword', u."passwordHash" IS NOT NULL,
      'accounts', (SELECT coalesce(jsonb_agg(to_jsonb(a) - 'userId'), '[]') FROM account a WHERE a."userId" = u.id)) AS row
    FROM "user" u WHERE id = ${userId}::uuid`
  return rows[0]?.row ?? null
}

/** A page of all of a person's conversations, deleted ones that are still kept included, each with its summaries. */
export async function exportConversations(userId: string, after: string | null): Promise<ExportedRow[]> {
  const rows = await db().$queryRaw<{ row: ExportedRow }[]>`
    SELECT to_jsonb(c) - '{userId,deletions}'::text[] || jsonb_build_object('summaries', (
      SELECT coalesce(jsonb_agg(to_jsonb(s) - 'conversationId' ORDER BY s.version), '[]')
      FROM summary s WHERE s."conversationId" = c.id)) AS row
    FROM conversation c WHERE c."userId" = ${userId}::uuid AND (${after}::uuid IS NULL OR c.id > ${after}::uuid)
    ORDER BY c.id LIMIT ${PAGES.conversations}`
  return rows.map(({ row }) => row)
}

/**
 * A page of all messages of a conversation, on every branch and deleted ones included; an answer with the generations that
 * wrote it, and while one runs with the text that is stored so far.
 * The caller has made sure that the conversation is the person's.
 */
export async function exportMessages(conversationId: string, after: string | null): Promise<ExportedRow[]> {
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
      ORDER BY id LIMIT ${PAGES.messages}
    ) page JOIN message m ON m.id = page.id ORDER BY m.id`
  return rows.map(({ row }) => row)
}

/** A page of what a person has used. */
export async function exportUsageEvents(userId: string, after: string | null): Promise<ExportedRow[]> {
  const rows = await db().$queryRaw<{ row: ExportedRow }[]>`
    SELECT to_jsonb(e) - 'userId' AS row FROM usage_event e
    WHERE e."userId" = ${userId}::uuid AND (${after}::uuid IS NULL OR e.id > ${after}::uuid)
    ORDER BY e.id LIMIT ${PAGES.usageEvents}`
  return rows.map(({ row }) => row)
}

/** The texts that ledgers name by hash: the person's own, and those of the library among `hashes`. */
export async function exportPromptTexts(userId: string, hashes: string[]) {
  return db().promptText.findMany({
    where: { OR: [{ userId }, { userId: null, hash: { in: hashes } }] },
    orderBy: { hash: 'asc' },
    select: { hash: true, text: true },
  })
}
