import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { closeDatabase, db } from '#lib/db/client.ts'
import { linkAccount } from '#lib/db/users.ts'
import { createPerson } from '../../scripts/test/create-person.ts'
import { createTurn, newTurn } from '../../scripts/test/create-turn.ts'
import { emptyDatabase } from '../../scripts/test/empty-database.ts'
import { exportAccount } from './export-account.ts'

let person: string

beforeEach(async () => {
  await emptyDatabase()
  person = await createPerson()
})
afterAll(closeDatabase)

async function piecesOf(userId: string): Promise<string[]> {
  return Array.fromAsync(exportAccount(userId))
}

async function exportOf(userId: string) {
  return JSON.parse((await piecesOf(userId)).join(''))
}

/** A turn with everything that can hang on it, its texts marked with a word. */
async function createRichTurn(userId: string, word: string) {
  const base = newTurn(userId)
  const ledger = {
    ...base.generation.ledger,
    prompt: { hash: 'composed', tokens: 1, fragments: [{ path: 'base/a.md', hash: 'library', tokens: 1 }] },
    instructions: { hash: `own-${word}`, tokens: 1 },
  }
  const turn = await createTurn(userId, { text: word, generation: { ...base.generation, ledger } })
  const { conversationId, answer, generation } = turn
  const chunks = ['a word', ' and another'].map((text, sequence) => ({ text, sequence }))
  await db().generationChunk.createMany({
    data: chunks.map((chunk) => ({ ...chunk, generationId: generation.id })),
  })
  await db().promptText.create({ data: { hash: `own-${word}`, userId, text: `I am ${word}` } })
  const summary = { throughMessageId: answer.id, text: `about ${word}`, tokens: 2 } as const
  await db().summary.create({
    data: { ...summary, id: uuidv7(), conversationId, version: 1, author: 'model' },
  })
  await db().share.create({
    data: {
      ...{
        id: uuidv7(),
        userId,
        conversationId,
        secret: `secret-${word}`,
        title: word,
        copiedAt: new Date(),
      },
      messages: [{ persona: null, text: word }],
    },
  })
  return turn
}

test('it holds everything of the person, and nothing of others', async () => {
  await db().promptText.createMany({
    data: [
      { hash: 'library', text: 'Be brief.' },
      { hash: 'unused', text: 'Be long.' },
    ],
  })
  await db().user.update({
    where: { id: person },
    data: { aboutYou: 'I teach.', passwordHash: 'secret', monthlyBudget: 500n },
  })
  await linkAccount(person, { provider: 'github', providerAccountId: '42' })
  const { conversationId, userMessage, answer, generation } = await createRichTurn(person, 'courage')
  await db().usageEvent.createMany({
    data: ['answer', 'title'].map((kind) => ({
      ...{ id: uuidv7(), userId: person, kind: kind as 'answer' | 'title', outcome: 'complete' },
      ...{ provider: 'p', model: 'm', cost: 123n, conversationId },
    })),
  })
  // Another branch, deleted, and a conversation that is deleted and not gone.
  const sibling = { id: uuidv7(), conversationId, role: 'user', text: 'another', tokens: 1 } as const
  await db().message.create({ data: { ...sibling, deletedAt: new Date() } })
  const deleted = await createTurn(person)
  await db().conversation.update({ where: { id: deleted.conversationId }, data: { deletedAt: new Date() } })
  await createRichTurn(await createPerson(), 'stranger')

  const text = (await piecesOf(person)).join('')
  expect(text).not.toContain('stranger')
  expect(text).not.toContain('secret')
  const { account, conversations, shares, usageEvents, promptTexts } = JSON.parse(text)
  expect(shares).toMatchObject([{ title: 'courage', conversationId, messages: [{ text: 'courage' }] }])
  expect(account).toMatchObject({
    ...{ id: person, aboutYou: 'I teach.', monthlyBudget: 500, hasPassword: true, preferences: {} },
    accounts: [{ provider: 'github', providerAccountId: '42' }],
  })
  expect(conversations).toMatchObject([
    { id: conversationId, deletedAt: null, summaries: [{ version: 1, text: 'about courage' }] },
    { id: deleted.conversationId, deletedAt: expect.any(String) },
  ])
  const [first] = conversations
  expect(first.messages).toHaveLength(3)
  expect(first.messages).toContainEqual(
    expect.objectContaining({ id: userMessage?.id, text: 'courage', parentId: null, generations: [] }),
  )
  expect(first.messages).toContainEqual(
    expect.objectContaining({
      ...{ id: answer.id, parentId: userMessage?.id, text: 'a word and another' },
      generations: [expect.objectContaining({ id: generation.id, calls: [], ledger: expect.any(Object) })],
    }),
  )
  expect(first.messages).toContainEqual(
    expect.objectContaining({ id: sibling.id, deletedAt: expect.any(String) }),
  )
  const own = await db().usageEvent.findMany({ where: { userId: person }, orderBy: { id: 'asc' } })
  expect(usageEvents.map(({ id }: { id: string }) => id)).toEqual(own.map(({ id }) => id))
  expect(usageEvents).toContainEqual(expect.objectContaining({ kind: 'title', cost: 123, conversationId }))
  expect(promptTexts).toEqual([
    { hash: 'library', text: 'Be brief.' },
    { hash: 'own-courage', text: 'I am courage' },
  ])
})

test('it names every column that is kept of a person', async () => {
  const { account } = await exportOf(person)
  const columns = await db().$queryRaw<{ name: string }[]>`
    SELECT column_name AS name FROM information_schema.columns WHERE table_name = 'user' AND table_schema = 'public'`
  const kept = columns.map(({ name }) => name).filter((name) => !/^(passwordHash|sessionVersion)$/.test(name))
  expect(Object.keys(account).sort()).toEqual([...kept, 'accounts', 'folders', 'hasPassword'].sort())
})

test('a long conversation and many of them come in small pieces, each message once', async () => {
  const { conversationId, answer } = await createTurn(person)
  await db().$executeRaw`
    INSERT INTO message (id, "conversationId", "parentId", role, text, tokens)
    SELECT gen_random_uuid(), ${conversationId}::uuid, ${answer.id}::uuid, 'user', repeat('x', 1000), 1
    FROM generate_series(1, 1234)`
  await db().$executeRaw`
    INSERT INTO conversation (id, "userId", title, "titleSource", persona)
    SELECT gen_random_uuid(), ${person}::uuid, 'empty', 'person', 'stoic' FROM generate_series(1, 123)`
  await db().$executeRaw`
    INSERT INTO usage_event (id, "userId", kind, provider, model, outcome)
    SELECT gen_random_uuid(), ${person}::uuid, 'title', 'p', 'm', 'complete' FROM generate_series(1, 2345)`
  const pieces = await piecesOf(person)
  expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(5_000)
  const { conversations, usageEvents } = JSON.parse(pieces.join(''))
  expect(new Set(conversations.map(({ id }: { id: string }) => id)).size).toBe(124)
  expect(conversations).toHaveLength(124)
  const { messages } = conversations.find(({ id }: { id: string }) => id === conversationId)
  expect(new Set(messages.map(({ id }: { id: string }) => id)).size).toBe(1236)
  expect(messages).toHaveLength(1236)
  expect(usageEvents.filter(({ kind }: { kind: string }) => kind === 'title')).toHaveLength(2345)
})

test('an account without anything is whole, too; one that is gone is none', async () => {
  expect(await exportOf(person)).toMatchObject({ format: 'stoa-account', conversations: [], usageEvents: [] })
  await expect(piecesOf(uuidv7())).rejects.toMatchObject({ code: 'signed_out' })
})
