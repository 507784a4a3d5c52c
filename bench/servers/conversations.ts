import pg from 'pg'
import { v7 as uuid } from 'uuid'

/** A conversation with one finished turn, whose answer the next message follows. */
export interface BenchConversation {
  conversationId: string
  answerId: string
}

/** Stores a titled conversation with one turn for each person, so that what is measured is a turn and not a title as well. */
export async function createConversations(
  databaseUrl: string,
  personIds: string[],
): Promise<BenchConversation[]> {
  const rows = personIds.map((userId) => ({
    userId,
    id: uuid(),
    question: uuid(),
    answer: uuid(),
    run: uuid(),
  }))
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    const values = [JSON.stringify(rows)]
    for (const statement of statements) await client.query(statement, values)
  } finally {
    await client.end()
  }
  return rows.map(({ id, answer }) => ({ conversationId: id, answerId: answer }))
}

const rowsOf = `json_to_recordset($1) AS row("userId" uuid, id uuid, question uuid, answer uuid, run uuid)`

const statements = [
  `INSERT INTO conversation (id, "userId", title, "titleSource", persona, "activeLeafId")
   SELECT id, "userId", 'The time', 'generated', 'stoic', answer FROM ${rowsOf}`,
  `INSERT INTO message (id, "conversationId", role, text, tokens)
   SELECT question, id, 'user', 'What time is it?', 5 FROM ${rowsOf}`,
  `INSERT INTO message (id, "conversationId", "parentId", role, text, tokens)
   SELECT answer, id, question, 'assistant', 'Later than it was.', 5 FROM ${rowsOf}`,
  `INSERT INTO generation (id, "messageId", "conversationId", status, provider, model, persona, intensity, "promptHash", ledger,
                           "finishedAt")
   SELECT run, answer, id, 'complete', 'openai', 'scripted-main', 'stoic', 'medium', 'hash',
          '{"budget":1000,"prompt":{"hash":"hash","tokens":10,"fragments":[]},"instructions":null,"summary":null,"clearedThroughId":null,"sent":[],"leftOut":[],"overBudget":null,"tokenRatio":1,"totalTokens":10}', now()
   FROM ${rowsOf}`,
]
