import type pg from 'pg'
import { v7 as uuidv7 } from 'uuid'
import type { RandomTree } from './random-tree.ts'

/** Times of a tree are ticks of this clock. */
const BEGUN_AT = Date.UTC(2026, 0, 1)

/**
 * Stores a made-up conversation, under new ids.
 *
 * @param model the conversation's
 * @returns how a tree's id is called in the database; anything else is given back as it is
 */
export async function insertTree(
  client: pg.Client,
  userId: string,
  { messages, summaries }: Pick<RandomTree, 'messages' | 'summaries'>,
  model: string | null = null,
) {
  const conversationId = uuidv7()
  const stored = new Map([...messages, ...summaries].map(({ id }) => [id, uuidv7()]))
  const idOf = <T>(id: T): T => ((typeof id === 'string' ? stored.get(id) : undefined) as T) ?? id
  const timeOf = (tick: number | null) => (tick === null ? null : new Date(BEGUN_AT + tick * 1000))
  const rows = <T>(values: T[]) => JSON.stringify(values)

  await client.query(
    `INSERT INTO conversation (id, "userId", title, "titleSource", persona, model) VALUES ($1, $2, '', 'person', 'stoic', $3)`,
    [conversationId, userId, model],
  )
  await client.query(
    `INSERT INTO message (id, "conversationId", "parentId", role, text, tokens, "clearedAt")
     SELECT id, $1, "parentId", role, text, tokens, "clearedAt" FROM jsonb_to_recordset($2) AS row(
       id uuid, "parentId" uuid, role "MessageRole", text text, tokens int, "clearedAt" timestamptz)`,
    [
      conversationId,
      rows(
        messages.map((message) => ({
          ...message,
          ...{ id: idOf(message.id), parentId: idOf(message.parentId), clearedAt: timeOf(message.clearedAt) },
        })),
      ),
    ],
  )
  await client.query(
    `INSERT INTO generation (id, "messageId", "conversationId", status, provider, model, persona, intensity, "promptHash", ledger)
     SELECT gen_random_uuid(), id, $1, status, 'openai', 'scripted-main', 'stoic', 'medium', '', '{}'
     FROM jsonb_to_recordset($2) AS row(id uuid, status "GenerationStatus")`,
    [
      conversationId,
      rows(
        messages.filter(({ status }) => status !== null).map(({ id, status }) => ({ id: idOf(id), status })),
      ),
    ],
  )
  await client.query(
    `INSERT INTO summary (id, "conversationId", version, "throughMessageId", "startsAfterId", text, tokens, author, "createdAt")
     SELECT id, $1, version, "throughMessageId", "startsAfterId", text, tokens, author, "createdAt"
     FROM jsonb_to_recordset($2) AS row(id uuid, version int, "throughMessageId" uuid, "startsAfterId" uuid, text text,
                                        tokens int, author "SummaryAuthor", "createdAt" timestamptz)`,
    [
      conversationId,
      rows(
        summaries.map(({ saw: _, ...summary }) => ({
          ...summary,
          ...{ id: idOf(summary.id), throughMessageId: idOf(summary.throughMessageId) },
          ...{ startsAfterId: idOf(summary.startsAfterId), createdAt: timeOf(summary.createdAt) },
        })),
      ),
    ],
  )
  return { conversationId, idOf }
}
