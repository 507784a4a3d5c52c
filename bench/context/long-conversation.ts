import pg from 'pg'
import { v7 as uuid } from 'uuid'
import { countTokens } from '#lib/chat/count-tokens.ts'

/** Words for a message as long as people and models write them. */
const TEXT = 'What you learn in it, and whether that still compounds, is the one question. '.repeat(8)
const SUMMARY_TEXT = 'They asked what compounds, and agreed that learning does. '.repeat(40)

/** One conversation in a single branch, and one that leaves it in the middle. */
export interface LongConversation {
  userId: string
  conversationId: string
  /** The last answer. */
  leafId: string
  /** The last answer of a branch that begins with the message in the middle, and is as long again. */
  otherLeafId: string
  tokensPerMessage: number
}

/**
 * Stores a conversation of so many messages.
 *
 * @param unsummarised how many of the last messages the newest summary does not cover; NULL: there is no summary
 */
export async function storeLongConversation(
  databaseUrl: string,
  messages: number,
  unsummarised: number | null,
): Promise<LongConversation> {
  const [userId, conversationId] = [uuid(), uuid()]
  const tokens = countTokens(TEXT)
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    const count = messages * 1.5
    const made = await client.query<{ ids: string[] }>(
      'SELECT array_agg(gen_random_uuid()) AS ids FROM generate_series(1, $1)',
      [count],
    )
    const ids = made.rows[0]?.ids ?? []
    const [leafId, otherLeafId] = [ids[messages - 1], ids[count - 1]]
    if (!leafId || !otherLeafId) throw new Error('PostgreSQL made too few ids')
    await client.query(`INSERT INTO "user" (id, email, name, role) VALUES ($1, $2, 'Zeno', 'member')`, [
      userId,
      `${userId}@example.org`,
    ])
    await client.query(
      `INSERT INTO conversation (id, "userId", title, "titleSource", persona) VALUES ($1, $2, 'Long', 'person', 'stoic')`,
      [conversationId, userId],
    )
    // The second half of the ids is another branch, from the middle on.
    await client.query(insertMessages, [conversationId, ids, messages, TEXT, tokens])
    await client.query(insertRuns, [conversationId])
    if (unsummarised !== null) {
      const values = [conversationId, ids, messages - unsummarised, SUMMARY_TEXT, countTokens(SUMMARY_TEXT)]
      await client.query(insertSummaries, values)
    }
    await client.query('VACUUM ANALYZE')
    return { userId, conversationId, leafId, otherLeafId, tokensPerMessage: tokens }
  } finally {
    await client.end()
  }
}

const insertMessages = `
  INSERT INTO message (id, "conversationId", "parentId", role, text, tokens)
  SELECT id, $1, ($2::uuid[])[CASE WHEN n = $3::int + 1 THEN $3::int / 2 ELSE n - 1 END],
         CASE WHEN n % 2 = 1 THEN 'user' ELSE 'assistant' END::"MessageRole", $4, $5
  FROM unnest($2::uuid[]) WITH ORDINALITY AS given(id, n)`

const insertRuns = `
  INSERT INTO generation (id, "messageId", "conversationId", status, provider, model, persona, intensity, "promptHash", ledger)
  SELECT gen_random_uuid(), id, $1, 'complete', 'openai', 'gpt-4o', 'stoic', 'medium', 'hash', '{}'
  FROM message WHERE "conversationId" = $1 AND role = 'assistant'`

/** A version for every forty messages, each through an answer of the first branch. */
const insertSummaries = `
  INSERT INTO summary (id, "conversationId", version, "throughMessageId", text, tokens, author)
  SELECT gen_random_uuid(), $1, row_number() OVER (ORDER BY n), ($2::uuid[])[n], $4, $5, 'model'
  FROM generate_series($3::int % 40, $3::int, 40) n WHERE n > 0`
