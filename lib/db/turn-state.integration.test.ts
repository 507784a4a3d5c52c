import fc from 'fast-check'
import pg from 'pg'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { env } from '#lib/env.ts'
import { createPerson } from '../../scripts/test/create-person.ts'
import { emptyDatabase } from '../../scripts/test/empty-database.ts'
import { historyOfTree } from '../../scripts/test/history-of-tree.ts'
import { insertTree } from '../../scripts/test/insert-tree.ts'
import { randomTree, words } from '../../scripts/test/random-tree.ts'
import { closeDatabase, db } from './client.ts'
import { Prisma } from './generated/client.ts'
import { readTurnState, turnStateStatement } from './turn-state.ts'

let person: string
let client: pg.Client

beforeAll(async () => {
  await emptyDatabase()
  person = await createPerson({ aboutYou: 'I am Zeno.', howToAnswer: 'Briefly.' })
  client = new pg.Client({ connectionString: env().DATABASE_URL })
  await client.connect()
})
afterAll(async () => {
  await client.end()
  await closeDatabase()
})

function read(conversationId: string, parentId: string | null, usual: number, change = {}) {
  const budgets = { byModel: {}, usual, model: null, ...change }
  return readTurnState({
    ...{ userId: person, conversationId, parentId, budgets },
    ...{ requestId: uuidv7(), rateLimit: 20 },
  })
}

test('of any tree, it reads what the rules in lib/chat say of the whole of it', async () => {
  let summaries = 0
  let clears = 0
  let unread = 0
  await fc.assert(
    fc.asyncProperty(
      randomTree({ messages: 40, tokens: 400 }),
      fc.integer({ min: 50, max: 2_000 }),
      async (tree, budget) => {
        const { conversationId, idOf } = await insertTree(client, person, tree)
        const leaves = [tree.leaf, tree.messages.at(-1)]
        for (const leaf of leaves) {
          const { history } = await read(conversationId, idOf(leaf?.id ?? ''), budget)
          const expected = historyOfTree(tree, leaf?.id ?? null, budget)
          expect(history).toEqual(JSON.parse(JSON.stringify(expected), (_, value) => idOf(value)))
          if (history.summary) summaries++
          if (history.clearedThroughId) clears++
          if (history.unread) unread++
        }
      },
    ),
    { numRuns: 200 },
  )
  // Each kind was among them, often.
  expect(Math.min(summaries, clears, unread)).toBeGreaterThan(20)
}, 120_000)

test('the person’s own instructions come with it', async () => {
  expect((await read(uuidv7(), null, 1000)).person).toEqual({
    ...{ aboutYou: 'I am Zeno.', howToAnswer: 'Briefly.' },
  })
})

test('how much is read depends on the model that is going to be asked', async () => {
  const message = { role: 'user', tokens: 100, text: words(100), status: null, clearedAt: null } as const
  const ids = ['a', 'b', 'c', 'd', 'e']
  const messages = ids.map((id, index) => ({ ...message, id, parentId: ids[index - 1] ?? null }))
  const { conversationId, idOf } = await insertTree(
    client,
    person,
    { messages, summaries: [] },
    'openai:small',
  )
  const byModel = { 'openai:small': 300, 'openai:large': 1_000 }
  const readFor = async (model: string | null) =>
    (await read(conversationId, idOf('e'), 420, { byModel, model })).history.messages.length

  expect(await readFor(null)).toBe(2)
  expect(await readFor('openai:large')).toBe(5)
  expect(await readFor('openai:unknown')).toBe(4)
})

test('of a long conversation it takes no message but by its key, and none behind the summary', async () => {
  const messages = Array.from({ length: 3_000 }, (_, n) => ({
    ...{ id: `m${n}`, parentId: n === 0 ? null : `m${n - 1}`, tokens: 3, text: words(3), clearedAt: null },
    ...(n % 2 === 0
      ? ({ role: 'user', status: null } as const)
      : ({ role: 'assistant', status: 'complete' } as const)),
  }))
  const place = {
    version: 1,
    throughMessageId: 'm2949',
    startsAfterId: null,
    createdAt: 0,
    saw: new Set<string>(),
  }
  const text = { text: 'They met.', tokens: 3, author: 'model' as const, saw: new Set<string>() }
  const summaries = [{ ...place, ...text, id: 's' }]
  const { conversationId, idOf } = await insertTree(client, person, { messages, summaries })
  await client.query('ANALYZE')

  const statement = turnStateStatement({
    ...{ userId: person, conversationId, parentId: idOf('m2999'), requestId: uuidv7(), rateLimit: 20 },
    budgets: { byModel: {}, usual: 10_000, model: null },
  })
  const [row] = await db().$queryRaw<[{ 'QUERY PLAN': unknown }]>(
    Prisma.sql`EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) ${statement}`,
  )
  const ways = new Map<string, number>()
  JSON.stringify(row['QUERY PLAN'], (_, node) => {
    if (node?.['Relation Name'] === 'message') {
      const way = node['Index Name'] ?? node['Node Type']
      ways.set(way, (ways.get(way) ?? 0) + node['Actual Rows'] * node['Actual Loops'])
    }
    return node
  })
  // The fifty after the summary and its last one, each for its size and then for its text; who may ask; no other.
  expect(ways.get('message_pkey')).toBeLessThan(110)
  ways.delete('message_pkey')
  expect(
    [...ways.values()].every((rows) => rows === 0),
    JSON.stringify([...ways]),
  ).toBe(true)
})
