import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { createPerson } from '../../scripts/test/create-person.ts'
import { createTurn } from '../../scripts/test/create-turn.ts'
import { emptyDatabase } from '../../scripts/test/empty-database.ts'
import { clearContext } from './clears.ts'
import { closeDatabase, db } from './client.ts'
import { readConversationStats } from './conversation-stats.ts'

let person: string
let conversationId: string

beforeEach(async () => {
  await emptyDatabase()
  person = await createPerson()
  conversationId = uuidv7()
})
afterAll(closeDatabase)

async function turn(parentId: string | null) {
  const { deletions } = (await db().conversation.findUnique({ where: { id: conversationId } })) ?? {
    deletions: 0,
  }
  const { answer } = await createTurn(person, {
    ...{ conversationId, deletions, userMessage: { id: uuidv7(), parentId, text: 'text', tokens: 1 } },
    newConversation: parentId === null ? { placeholderTitle: 'A conversation' } : null,
  })
  await db().generation.updateMany({ data: { status: 'complete' } })
  return answer.id
}

async function spend(change: object = {}) {
  await db().usageEvent.create({
    data: {
      ...{ id: uuidv7(), userId: person, conversationId, kind: 'answer', provider: 'openai', model: 'big' },
      ...{ outcome: 'complete', inputTokens: 100, cachedInputTokens: 40, outputTokens: 10, cost: 5_000n },
      ...change,
    },
  })
}

async function summarise(version: number, throughMessageId: string, startsAfterId: string | null = null) {
  await db().summary.create({
    data: {
      ...{ id: uuidv7(), conversationId, version, throughMessageId, startsAfterId },
      ...{ text: 'A summary of it', tokens: 5, author: 'model' },
    },
  })
}

test('messages of the branch and beside it, and every call for it, are counted', async () => {
  const first = await turn(null)
  await turn(first)
  const shown = await turn(first)
  await db().usageEvent.deleteMany()
  await spend()
  await spend({ kind: 'title', cost: null })
  await spend({
    inputTokens: null,
    outputTokens: null,
    cachedInputTokens: null,
    cost: null,
    outcome: 'rate_limited',
  })
  await spend({
    inputTokens: null,
    outputTokens: null,
    cachedInputTokens: null,
    cost: null,
    outcome: 'running',
  })
  await spend({ conversationId: null })

  const stats = await readConversationStats(person, conversationId)
  const { createdAt } = await db().conversation.findUniqueOrThrow({ where: { id: conversationId } })
  expect(stats).toEqual({
    ...{ createdAt: createdAt.toISOString(), messages: 4, otherMessages: 2, messagesSinceClear: null },
    ...{ summaryVersion: null, calls: 4, inputTokens: 200, cachedInputTokens: 80, outputTokens: 20 },
    ...{ callsWithoutTokens: 1, cost: 5_000, callsWithoutCost: 2 },
  })
  expect(shown).not.toBe(first)
})

test('the summary is the one that holds on the branch, after the last clear', async () => {
  const first = await turn(null)
  await summarise(1, first)
  const beside = await turn(first)
  await summarise(2, beside)
  const second = await turn(first)
  expect(await readConversationStats(person, conversationId)).toMatchObject({ summaryVersion: 1 })

  await clearContext(person, conversationId, second)
  const cleared = { messages: 4, messagesSinceClear: 0, summaryVersion: null }
  expect(await readConversationStats(person, conversationId)).toMatchObject(cleared)
  const third = await turn(second)
  await turn(third)
  await summarise(3, third, second)
  expect(await readConversationStats(person, conversationId)).toMatchObject({
    ...{ messages: 8, messagesSinceClear: 4, summaryVersion: 3 },
  })
})

test('it is nobody else’s, and gone with its conversation', async () => {
  await turn(null)
  expect(await readConversationStats(await createPerson(), conversationId)).toBeNull()
  expect(await readConversationStats(person, uuidv7())).toBeNull()
  await db().conversation.update({ where: { id: conversationId }, data: { deletedAt: new Date() } })
  expect(await readConversationStats(person, conversationId)).toBeNull()
})
