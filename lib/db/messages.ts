import type { BranchPlace } from '#lib/chat/summary-on-branch.ts'
import type { Message } from '#lib/chat/types.ts'
import { db } from './client.ts'
import { type GenerationRow, generationView, viewColumns } from './generation-view.ts'

interface BranchPart {
  /** How many of the last messages; NULL: all. */
  limit?: number | null
  /** This one, too, and all after it; without effect when it is not on the branch. */
  from?: string | null
}

/**
 * The messages from the first one (or a part of them) to `leafId`, oldest first.
 * A streaming answer has the text that its chunk log holds.
 * The caller has made sure that the conversation is the person's.
 */
export async function readBranch(
  conversationId: string,
  leafId: string | null,
  { limit = null, from = null }: BranchPart = {},
): Promise<Message[]> {
  if (!leafId) return []
  const rows = await db().$queryRaw<
    {
      id: string
      parentId: string | null
      siblingIds: string[]
      role: 'user' | 'assistant'
      text: string
      createdAt: Date
      isCleared: boolean
      generation: GenerationRow | null
    }[]
  >`
    WITH RECURSIVE walk AS (
      SELECT id, "parentId", 1 AS depth, id IS NOT DISTINCT FROM ${from}::uuid AS "isPast"
      FROM message WHERE id = ${leafId}::uuid AND "conversationId" = ${conversationId}::uuid
      UNION ALL
      SELECT m.id, m."parentId", w.depth + 1, w."isPast" OR m.id = ${from}::uuid
      FROM walk w JOIN message m ON m.id = w."parentId"
      WHERE ${limit}::int IS NULL OR w.depth < ${limit}::int OR (${from}::uuid IS NOT NULL AND NOT w."isPast")
    ), branch AS MATERIALIZED (
      -- What was not met was looked for as far as the first message.
      SELECT id, "parentId", depth FROM walk
      WHERE ${limit}::int IS NULL OR depth <= ${limit}::int OR (SELECT bool_or("isPast") FROM walk)
    ), place AS (
      -- A first message has no parent: the conversation stands for it.
      SELECT coalesce(m."parentId", m."conversationId") AS parent, json_agg(m.id ORDER BY m."createdAt", m.id) AS "siblingIds"
      FROM message m
      WHERE m."conversationId" = ${conversationId}::uuid AND m."deletedAt" IS NULL
        AND coalesce(m."parentId", m."conversationId") IN (SELECT coalesce("parentId", ${conversationId}::uuid) FROM branch)
      GROUP BY 1
    )
    SELECT m.id, m."parentId", place."siblingIds", m.role, m."createdAt", m."clearedAt" IS NOT NULL AS "isCleared", to_json(g) AS generation,
      CASE WHEN g.status = 'streaming'
        THEN m.text || (SELECT coalesce(string_agg(c.text, '' ORDER BY c.sequence), '') FROM generation_chunk c WHERE c."generationId" = g.id)
        ELSE m.text END AS text
    FROM branch b JOIN message m ON m.id = b.id
    JOIN place ON place.parent = coalesce(m."parentId", m."conversationId")
    LEFT JOIN LATERAL (
      SELECT ${viewColumns('generation')} FROM generation WHERE generation."messageId" = m.id
      ORDER BY "startedAt" DESC, id DESC LIMIT 1
    ) g ON true
    ORDER BY b.depth DESC`
  return rows.map(({ generation, role, createdAt, ...row }) => {
    const base = { ...row, createdAt: createdAt.toISOString() }
    if (role === 'user') return { ...base, role }
    if (!generation) throw new Error(`The answer ${row.id} has no generation`)
    return { ...base, role, generation: generationView(generation) }
  })
}

/** The messages of a branch with only what decides what is sent of them, from the first one to `leafId`. */
export async function readBranchPlaces(conversationId: string, leafId: string): Promise<BranchPlace[]> {
  return db().$queryRaw<BranchPlace[]>`
    WITH RECURSIVE branch AS (
      SELECT id, "parentId", "clearedAt", 1 AS depth FROM message
      WHERE id = ${leafId}::uuid AND "conversationId" = ${conversationId}::uuid
      UNION ALL
      SELECT m.id, m."parentId", m."clearedAt", b.depth + 1 FROM branch b JOIN message m ON m.id = b."parentId"
    )
    SELECT id, "clearedAt" IS NOT NULL AS "isCleared" FROM branch ORDER BY depth DESC`
}

/** Where a message of this person is, and what it says; NULL when it is missing, deleted or another's. */
export async function findMessage(
  userId: string,
  messageId: string,
): Promise<{ conversationId: string; parentId: string | null; text: string } | null> {
  return db().message.findFirst({
    where: { id: messageId, deletedAt: null, conversation: { userId, deletedAt: null } },
    select: { conversationId: true, parentId: true, text: true },
  })
}

/**
 * The answer that a person's next message in a conversation follows: the last one of the branch that is shown, or the one
 * before a question whose own answers are deleted; NULL in it: nothing was answered yet. NULL: there is no such conversation.
 */
export async function findLastAnswer(
  userId: string,
  conversationId: string,
): Promise<{ answerId: string | null } | null> {
  const [row] = await db().$queryRaw<{ answerId: string | null }[]>`
    SELECT CASE WHEN leaf.role = 'assistant' THEN leaf.id ELSE leaf."parentId" END AS "answerId"
    FROM conversation c LEFT JOIN message leaf ON leaf.id = c."activeLeafId"
    WHERE c.id = ${conversationId}::uuid AND c."userId" = ${userId}::uuid AND c."deletedAt" IS NULL`
  return row ?? null
}
