import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { createPerson } from '../../scripts/test/create-person.ts'
import { createTurn, newTurn } from '../../scripts/test/create-turn.ts'
import { emptyDatabase } from '../../scripts/test/empty-database.ts'
import { closeDatabase, db } from './client.ts'
import { finishGeneration } from './generations.ts'
import { readTurnState } from './turn-state.ts'
import { insertTurn } from './turns.ts'

const usage = {
  retryAfterSeconds: null,
  model: null,
  ledger: null,
  inputTokens: null,
  outputTokens: null,
  cachedInputTokens: null,
  reasoningTokens: null,
  timeToFirstTokenMs: null,
  latencyMs: null,
  ...{ calls: [], cost: null, usage: [] },
}

beforeEach(emptyDatabase)
afterAll(closeDatabase)

test('a turn is written whole: conversation, message, empty answer and its generation', async () => {
  const person = await createPerson()
  const turn = await createTurn(person)

  const conversation = await db().conversation.findUniqueOrThrow({
    where: { id: turn.conversationId },
    include: { messages: { orderBy: { role: 'asc' } }, generations: true },
  })

  expect(conversation).toMatchObject({
    userId: person,
    title: 'What is courage?',
    titleSource: 'placeholder',
    activeLeafId: turn.answer.id,
  })
  expect(conversation.messages).toMatchObject([
    { id: turn.userMessage?.id, role: 'user', text: 'What is courage?', parentId: null },
    { id: turn.answer.id, role: 'assistant', text: '', parentId: turn.userMessage?.id },
  ])
  expect(conversation.generations).toMatchObject([
    { status: 'streaming', messageId: turn.answer.id, persona: 'stoic' },
  ])
})

test('of many parallel requests with one id exactly one is written', async () => {
  const person = await createPerson()
  const turn = newTurn(person)

  const results = await Promise.all(
    Array.from({ length: 8 }, () =>
      insertTurn({
        ...turn,
        answer: { ...turn.answer, id: uuidv7() },
        generation: { ...turn.generation, id: uuidv7() },
      }),
    ),
  )

  expect(results.filter((result) => result === null)).toHaveLength(1)
  expect(await db().message.count()).toBe(2)
  expect(await db().generation.count()).toBe(1)
})

test('a second turn waits while an answer streams, and goes once it has ended', async () => {
  const person = await createPerson()
  const first = await createTurn(person)
  const second = newTurn(person, {
    conversationId: first.conversationId,
    newConversation: null,
    userMessage: { id: uuidv7(), parentId: first.answer.id, text: 'And fear?', tokens: 3 },
  })

  expect(await insertTurn(second)).toBe('generation_running')
  expect(await db().message.count()).toBe(2)

  const end = { generationId: first.generation.id, text: 'Courage is…', tokens: 4, errorCode: null, ...usage }
  await finishGeneration({ ...end, status: 'complete' })
  expect(await insertTurn(second)).toBeNull()
})

test('nothing is written into a conversation that is another’s or deleted', async () => {
  const owner = await createPerson()
  const stranger = await createPerson()
  const turn = await createTurn(owner)

  const intruding = newTurn(stranger, { conversationId: turn.conversationId, newConversation: null })
  expect(await insertTurn(intruding)).toBe('changed')
  expect(await insertTurn(newTurn(stranger, { conversationId: turn.conversationId }))).toBe('already_there')

  await db().conversation.update({ where: { id: turn.conversationId }, data: { deletedAt: new Date() } })
  const late = newTurn(owner, { conversationId: turn.conversationId, newConversation: null })
  expect(await insertTurn(late)).toBe('changed')
  expect(await db().message.count()).toBe(2)
})

test('the state names the turn that a repeated request started', async () => {
  const person = await createPerson()
  const turn = await createTurn(person)
  const ask = {
    userId: person,
    conversationId: turn.conversationId,
    parentId: null,
    budgets: { byModel: {}, usual: 1000, model: null },
    rateLimit: 20,
  }

  const byMessage = await readTurnState({ ...ask, requestId: turn.userMessage?.id ?? '' })
  const byAnswer = await readTurnState({ ...ask, requestId: turn.answer.id })
  const unknown = await readTurnState({ ...ask, requestId: uuidv7() })

  expect(byMessage.existing).toEqual({ generationId: turn.generation.id })
  expect(byAnswer.existing).toEqual({ generationId: turn.generation.id })
  expect(unknown).toMatchObject({ existing: null, idTaken: false })
})

test('a stranger learns of a conversation only that it is taken, and of its messages nothing', async () => {
  const turn = await createTurn(await createPerson())
  const state = await readTurnState({
    userId: await createPerson(),
    conversationId: turn.conversationId,
    parentId: turn.answer.id,
    requestId: turn.userMessage?.id ?? '',
    budgets: { byModel: {}, usual: 1000, model: null },
    rateLimit: 20,
  })

  expect(state).toMatchObject({
    conversation: { taken: true },
    existing: null,
    idTaken: true,
    history: { messages: [] },
  })
})

test('the branch comes oldest first, and what cannot fit the budget as a range', async () => {
  const person = await createPerson()
  const first = await createTurn(person)
  const end = { generationId: first.generation.id, text: 'Long ago', tokens: 500, errorCode: null, ...usage }
  await finishGeneration({ ...end, status: 'complete' })
  const second = await createTurn(person, {
    conversationId: first.conversationId,
    newConversation: null,
    userMessage: { id: uuidv7(), parentId: first.answer.id, text: 'And fear?', tokens: 3 },
  })
  await finishGeneration({
    ...end,
    generationId: second.generation.id,
    text: 'Fear is…',
    tokens: 3,
    status: 'stopped',
  })

  const { history } = await readTurnState({
    userId: person,
    conversationId: first.conversationId,
    parentId: second.answer.id,
    requestId: uuidv7(),
    budgets: { byModel: {}, usual: 30, model: null },
    rateLimit: 20,
  })

  expect(history.messages.map(({ role, text, status }) => ({ role, text, status }))).toEqual([
    { role: 'user', text: 'And fear?', status: null },
    { role: 'assistant', text: 'Fear is…', status: 'stopped' },
  ])
  expect(history.unread).toEqual({
    ...{ fromId: first.userMessage?.id, throughId: first.answer.id },
    ...{ messages: 2, tokens: 505 },
  })
})

test('the turns of the last minute are told, newest first, and no more than are asked for', async () => {
  const person = await createPerson()
  for (let n = 0; n < 3; n++) await createTurn(person)
  const old = await createTurn(person)
  const twoMinutesAgo = new Date(Date.now() - 120_000)
  await db().usageEvent.update({ where: { id: old.generation.id }, data: { createdAt: twoMinutesAgo } })
  await createTurn(await createPerson())
  const ask = {
    userId: person,
    conversationId: uuidv7(),
    parentId: null,
    requestId: uuidv7(),
    budgets: { byModel: {}, usual: 1000, model: null },
  }

  const { recentTurns } = await readTurnState({ ...ask, rateLimit: 20 })
  expect(recentTurns).toHaveLength(3)
  expect(recentTurns).toEqual(recentTurns.toSorted((a, b) => a - b))
  expect((await readTurnState({ ...ask, rateLimit: 2 })).recentTurns).toHaveLength(2)
})
