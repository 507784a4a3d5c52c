import fc from 'fast-check'
import pg from 'pg'
import { v5 as uuidv5, v7 as uuidv7, validate } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { closeDatabase, db } from '#lib/db/client.ts'
import { env } from '#lib/env.ts'
import { createPerson } from '../../scripts/test/create-person.ts'
import { emptyDatabase } from '../../scripts/test/empty-database.ts'
import { importFile } from '../../scripts/test/import-file.ts'
import { insertTree } from '../../scripts/test/insert-tree.ts'
import { type RandomTree, randomTree } from '../../scripts/test/random-tree.ts'
import { exportConversations } from './export-conversations.ts'
import { generationMaking } from './generation-making.ts'
import { importedTextHash } from './store-imported.ts'

let client: pg.Client

beforeAll(async () => {
  await emptyDatabase()
  client = new pg.Client({ connectionString: env().DATABASE_URL })
  await client.connect()
})
afterAll(async () => {
  await client.end()
  await closeDatabase()
})

const settings = fc.record({
  title: fc
    .string({ minLength: 1, maxLength: 30 })
    .map((title) => `t${title.replaceAll(/[\s\p{Cc}]/gu, '_')}`),
  titleSource: fc.constantFrom('placeholder', 'generated', 'person'),
  intensity: fc.constantFrom('low', 'high', null),
  model: fc.constantFrom('openai:big', null),
  pinnedAt: fc.constantFrom(new Date('2026-02-01T10:00:00.123Z'), null),
  archivedAt: fc.constantFrom(new Date('2026-02-02T10:00:00.456Z'), null),
  cost: fc.constantFrom(0n, 123_456_789n, null),
})
type Settings = typeof settings extends fc.Arbitrary<infer Value> ? Value : never

/** Stores a tree with all that can hang on one: usage and a ledger that names messages, summaries and texts. */
async function insertWhole(
  userId: string,
  tree: RandomTree,
  { cost, ...settings }: Settings,
): Promise<string> {
  const { conversationId, idOf } = await insertTree(client, userId, tree)
  const [message] = tree.messages
  const leaf = idOf(tree.leaf.id)
  const summary = tree.summaries[0]
  const ledger = {
    ...{ budget: 1000, tokenRatio: 1.2, totalTokens: 99 },
    prompt: { hash: 'composed', tokens: 3, fragments: [{ path: 'base/a.md', hash: 'library', tokens: 3 }] },
    instructions: { hash: `own-${userId}`, tokens: 2, cutEnds: [1, 2] },
    folder: { hash: `own-${userId}`, tokens: 4 },
    summary: summary
      ? { id: idOf(summary.id), version: 1, throughMessageId: idOf(summary.throughMessageId), tokens: 1 }
      : null,
    clearedThroughId: idOf(message?.id ?? null),
    sent: [{ messageId: leaf, tokens: 1, length: 5, cutTo: 1, cutEnds: [1, 1] }],
    leftOut: [{ messageId: leaf, tokens: 1, reason: 'failed' }],
    overBudget: { fromId: leaf, throughId: leaf, messages: 1, tokens: 7 },
    continuation: { hash: 'library', tokens: 3 },
  }
  const run = { ledger, cost, inputTokens: 5, cachedInputTokens: 4, latencyMs: 7, finishedAt: new Date(1e12) }
  await db().generation.updateMany({ where: { conversationId }, data: { ...run, errorCode: 'timeout' } })
  const folder = { name: 'Books', persona: 'stoic', instructions: 'Quote them.' }
  const { id: folderId } = await db().folder.create({
    data: { ...folder, id: uuidv7(), userId, position: 0 },
  })
  await db().conversation.update({
    where: { id: conversationId },
    data: { ...settings, ...(settings.pinnedAt && { folderId }), activeLeafId: leaf } as object,
  })
  await db().promptText.createMany({
    data: [
      { hash: 'library', text: 'Be brief.' },
      { hash: `own-${userId}`, userId, text: 'I teach.' },
    ],
    skipDuplicates: true,
  })
  return conversationId
}

interface Exported {
  conversations: { id: string; messages: { id: string }[] }[]
  promptTexts: { hash: string; text: string }[]
}

async function exportOf(userId: string): Promise<string> {
  return new Response((await exportConversations(userId, null, 'json')).content).text()
}

/** When it was exported, last changed, or sure to run. */
const OF_ITS_PLACE = ['exportedAt', 'changedAt', 'heartbeatAt']

/** What matters of an export, its ids and hashes named anew, in an order that does not hang on them. */
function normalForm(text: string, rename: (name: string) => string = (name) => name) {
  const { conversations, promptTexts }: Exported = JSON.parse(text, (key, value) => {
    if (OF_ITS_PLACE.includes(key)) return undefined
    return typeof value === 'string' ? rename(value) : value
  })
  const byId = (a: { id: string }, b: { id: string }) => a.id.localeCompare(b.id)
  return {
    conversations: conversations.map(({ messages, ...rest }) => ({
      ...rest,
      messages: messages.toSorted(byId),
    })),
    promptTexts: promptTexts.toSorted((a, b) => a.hash.localeCompare(b.hash)),
  }
}

test('what is exported and imported is the same tree, with everything that hangs on it', async () => {
  await fc.assert(
    fc.asyncProperty(randomTree({ messages: 25, tokens: 800 }), settings, async (tree, chosen) => {
      const [from, to] = [await createPerson(), await createPerson()]
      const own = await insertWhole(from, tree, chosen)
      const text = await exportOf(from)
      const { entries } = await importFile(to, text)
      expect(entries).toMatchObject([{ outcome: 'imported', leftOut: {}, messages: tree.messages.length }])
      const conversationId = entries[0]?.conversationId ?? ''
      const renamed = normalForm(text, (name) => {
        if (name === own) return conversationId
        if (name === 'library' || name === `own-${from}`) return importedTextHash(to, name)
        return validate(name) ? uuidv5(name, conversationId) : name
      })
      expect(normalForm(await exportOf(to))).toEqual(renamed)
    }),
    { numRuns: 12 },
  )
}, 60_000)

test('of an answer that was imported can be shown what it was sent', async () => {
  const question = {
    id: 'q',
    parentId: null,
    role: 'user',
    tokens: 1,
    text: ' word',
    status: null,
    clearedAt: null,
  } as const
  const answer = { ...question, id: 'a', parentId: 'q', role: 'assistant', status: 'complete' } as const
  const [from, to] = [await createPerson(), await createPerson()]
  const tree = { messages: [question, answer], summaries: [], leaf: question }
  const plain = {
    title: 'T',
    titleSource: 'person',
    intensity: null,
    model: null,
    pinnedAt: null,
    archivedAt: null,
    cost: 0n,
  } as const
  await insertWhole(from, tree, plain)
  const { entries } = await importFile(to, await exportOf(from))
  const conversationId = entries[0]?.conversationId ?? ''
  const [message] = await db().message.findMany({ where: { conversationId, role: 'assistant' } })
  const making = await generationMaking(to, { conversationId, messageId: message?.id ?? '' }, null)
  expect(making).toMatchObject({
    ...{ prompt: { text: 'Be brief.' }, instructions: { text: expect.stringMatching(/^I/) }, cost: 0 },
    ...{ messages: [{ role: 'user' }], continuation: { text: 'Be brief.' } },
  })
})
