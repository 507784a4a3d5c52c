import pg from 'pg'

const MESSAGES_PER_CONVERSATION = 50
const MORE_PEOPLE = 700
/** Words for a message as long as people and models write them. */
const TEXT = 'What you learn in it, and whether that still compounds, is the one question. '.repeat(8)

/**
 * Puts so many messages into the tables, in conversations of fifty of everybody who has an account and of some hundreds
 * more, written over the last year: in each a question, an answer, and so on in one branch.
 */
export async function fillDatabase(adminUrl: string, messages: number): Promise<void> {
  const conversations = Math.ceil(messages / MESSAGES_PER_CONVERSATION)
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  try {
    // References are right by construction; checking a million of them takes minutes.
    await client.query('SET session_replication_role = replica')
    await client.query(insertPeople, [MORE_PEOPLE])
    await client.query(insertConversations, [conversations])
    await client.query(insertMessages, [MESSAGES_PER_CONVERSATION, TEXT])
    await client.query(insertGenerations)
    await client.query('VACUUM ANALYZE')
    // What was written would go to disk for minutes, and be taken for the cost of reading it.
    await client.query('CHECKPOINT')
  } finally {
    await client.end()
  }
}

const insertPeople = `
  INSERT INTO "user" (id, email, name, role)
  SELECT gen_random_uuid(), 'filler-' || n || '@example.org', 'Filler ' || n, 'member' FROM generate_series(1, $1) n`

const insertConversations = `
  WITH people AS (SELECT array_agg(id) AS ids FROM "user")
  INSERT INTO conversation (id, "userId", title, "titleSource", persona, "createdAt", "lastActivityAt", "changedAt")
  SELECT gen_random_uuid(), ids[1 + n % cardinality(ids)], 'Conversation ' || n, 'generated', 'stoic', at, at, at
  FROM people, generate_series(1, $1) n, LATERAL (SELECT now() - n * interval '25 minutes' AS at) t`

// An id that the number of the message gives, so that each knows its parent's.
const insertMessages = `
  INSERT INTO message (id, "conversationId", "parentId", role, text, tokens, "createdAt")
  SELECT md5(c.id::text || n)::uuid, c.id, CASE WHEN n > 1 THEN md5(c.id::text || n - 1)::uuid END,
         CASE WHEN n % 2 = 1 THEN 'user' ELSE 'assistant' END::"MessageRole", left($2, 100 + n * 10), 25 + n * 2, c."createdAt"
  FROM conversation c, generate_series(1, $1::int) n`

const insertGenerations = `
  INSERT INTO generation (id, "messageId", "conversationId", status, provider, model, persona, intensity, "promptHash",
                          ledger, "startedAt", "finishedAt", "heartbeatAt")
  SELECT gen_random_uuid(), id, "conversationId", 'complete', 'openai', 'scripted-main', 'stoic', 'medium', 'hash',
         '{"budget":1000,"prompt":{"hash":"hash","tokens":10,"fragments":[]},"instructions":null,"summary":null,"clearedThroughId":null,"sent":[],"leftOut":[],"overBudget":null,"tokenRatio":1,"totalTokens":10}',
         "createdAt", "createdAt", "createdAt"
  FROM message WHERE role = 'assistant'`
