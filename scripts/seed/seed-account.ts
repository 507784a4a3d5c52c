import type pg from 'pg'
import { inTransaction, withClient } from '../backup/with-client.ts'
import { LaunchError } from '../launch/launch-error.ts'
import { insertRows } from './insert-rows.ts'
import { makeLibrary, PROMPT, PROMPT_HASH, type SeededConversation } from './make-library.ts'
import type { SeedOptions } from './read-seed-options.ts'

/** How many messages go to the database at once. */
const BATCH = 4000

const MODEL = { provider: 'openai', model: 'gpt-5-mini' }

/**
 * Gives an account conversations beside those that it has: all, or none. What is made depends on the account and on how
 * many conversations it has, and so is the same wherever these are the same, but for the time of day.
 *
 * @throws LaunchError when there is no such account
 */
export async function seedAccount(
  databaseUrl: string,
  { email, conversations, messages }: SeedOptions,
): Promise<{ conversations: number; messages: number }> {
  return withClient(databaseUrl, (client) =>
    inTransaction(client, 'BEGIN', async () => {
      const account = await findAccount(client, email)
      // What is searched is put into its index in one go at the end: in small pieces that took as long as all the rest.
      await client.query("SET LOCAL gin_pending_list_limit = '1GB'")
      await client.query(`INSERT INTO prompt_text (hash, text) VALUES ($1, $2) ON CONFLICT DO NOTHING`, [
        PROMPT_HASH,
        PROMPT,
      ])
      const library = makeLibrary(`${email} ${account.conversations}`, {
        conversations,
        messages,
        now: Date.now(),
      })
      const stored = { conversations: 0, messages: 0 }
      let batch: SeededConversation[] = []
      let waiting = 0
      for (const conversation of library) {
        batch.push(conversation)
        waiting += conversation.messages.length
        stored.conversations += 1
        stored.messages += conversation.messages.length
        if (waiting < BATCH) continue
        await insertConversations(client, account.id, batch)
        batch = []
        waiting = 0
      }
      await insertConversations(client, account.id, batch)
      await client.query(
        `SELECT gin_clean_pending_list(c.oid) FROM pg_class c JOIN pg_am a ON a.oid = c.relam
         WHERE a.amname = 'gin' AND c.relkind = 'i' AND c.relnamespace = 'public'::regnamespace`,
      )
      await client.query('ANALYZE conversation, message, generation, usage_event')
      return stored
    }),
  )
}

async function findAccount(client: pg.Client, email: string): Promise<{ id: string; conversations: number }> {
  const { rows } = await client.query<{ id: string; conversations: number }>(
    `SELECT id, (SELECT count(*)::int FROM conversation WHERE "userId" = u.id) AS conversations FROM "user" u WHERE email = $1`,
    [email],
  )
  if (!rows[0]) {
    throw new LaunchError(
      `Nobody here has the address ${email}: sign up with it first, then seed the account.`,
    )
  }
  return rows[0]
}

async function insertConversations(
  client: pg.Client,
  userId: string,
  conversations: SeededConversation[],
): Promise<void> {
  await insertRows(
    client,
    'conversation',
    conversations.map(({ messages: _, generations: __, ...conversation }) => ({
      ...conversation,
      userId,
      // Not now: it is nothing that open pages would have to hear of.
      changedAt: conversation.lastActivityAt,
    })),
  )
  await insertRows(
    client,
    'message',
    conversations.flatMap(({ id, messages }) =>
      messages.map(({ at, ...message }) => ({ ...message, conversationId: id, createdAt: at })),
    ),
  )
  const runs = conversations.flatMap(({ id, persona, intensity, generations }) =>
    generations.map((generation) => ({ conversationId: id, persona, intensity, generation })),
  )
  await insertRows(
    client,
    'generation',
    runs.map(({ conversationId, persona, intensity, generation: { ledger, ...generation } }) => ({
      ...{ ...generation, conversationId, persona, intensity: intensity ?? 'medium', ...MODEL },
      ...{ promptHash: PROMPT_HASH, ledger: JSON.stringify(ledger), heartbeatAt: generation.finishedAt },
    })),
  )
  await insertRows(
    client,
    'usage_event',
    runs.map(({ conversationId, persona, generation }) => ({
      // As a turn writes it: the last call's event has the run's id.
      ...{
        id: generation.id,
        generationId: generation.id,
        userId,
        conversationId,
        kind: 'answer',
        ...MODEL,
        persona,
      },
      outcome: generation.errorCode ?? generation.status,
      ...{
        inputTokens: generation.inputTokens,
        outputTokens: generation.outputTokens,
        cost: generation.cost,
      },
      ...{ timeToFirstTokenMs: generation.timeToFirstTokenMs, latencyMs: generation.latencyMs },
      createdAt: generation.startedAt,
    })),
  )
}
