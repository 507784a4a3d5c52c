import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { createPerson } from '../../scripts/test/create-person.ts'
import { createTurn } from '../../scripts/test/create-turn.ts'
import { emptyDatabase } from '../../scripts/test/empty-database.ts'
import { closeDatabase, db } from './client.ts'
import {
  deleteConversation,
  findConversation,
  findUntitledConversations,
  findUntitledMessage,
  readConversation,
  readConversationChanges,
  setFoundTitle,
  updateConversation,
} from './conversations.ts'
import { writeProgress } from './generations.ts'
import { listConversations } from './list-conversations.ts'

beforeEach(emptyDatabase)
afterAll(closeDatabase)

test('the list pages through every conversation once, newest activity first', async () => {
  const person = await createPerson()
  const ids: string[] = []
  for (let n = 0; n < 5; n++) ids.push((await createTurn(person)).conversationId)
  // Two of the same moment: the cursor has to tell them apart.
  await db().conversation.updateMany({ data: { lastActivityAt: new Date('2026-01-01') } })

  const first = await listConversations(person, { limit: 2 })
  const second = await listConversations(person, { limit: 2, before: first.nextCursor ?? '' })
  const third = await listConversations(person, { limit: 2, before: second.nextCursor ?? '' })

  const seen = [first, second, third].flatMap(({ conversations }) => conversations.map(({ id }) => id))
  expect(seen).toEqual(ids.toSorted().toReversed())
  expect(third.nextCursor).toBeNull()
  expect(first.conversations[0]?.running).toBe(true)
})

test.each([
  '',
  'x',
  `2026-01-01T00:00:00.000Z_${'-'.repeat(36)}`,
  `2026-02-30T00:00:00.000Z_${uuidv7()}`,
  `0000-01-01T00:00:00.000Z_${uuidv7()}x`,
  '2026-01-01T00:00:00.000Z_x',
  `9999-99-99T99:99:99.999Z_${uuidv7()}`,
])('a cursor that is none is refused: "%s"', async (before) => {
  await expect(listConversations(await createPerson(), { before })).rejects.toMatchObject({
    code: 'invalid_request',
    field: 'before',
  })
})

test('a conversation is read with its branch; a streaming answer has the text stored so far', async () => {
  const person = await createPerson()
  const { conversationId, generation } = await createTurn(person)
  await writeProgress([generation.id], [{ generationId: generation.id, sequence: 0, text: 'Courage' }])

  const found = await readConversation(person, conversationId)

  expect(found?.messages).toMatchObject([
    { role: 'user', text: 'What is courage?' },
    { role: 'assistant', text: 'Courage', generation: { status: 'streaming', model: 'scripted-main' } },
  ])
})

test('to a stranger a conversation is as if it were not there, and stays as it is', async () => {
  const { conversationId } = await createTurn(await createPerson())
  const stranger = await createPerson()

  expect(await findConversation(stranger, conversationId)).toBeNull()
  expect(await readConversation(stranger, conversationId)).toBeNull()
  expect(await updateConversation(stranger, conversationId, { title: 'Mine' })).toBeNull()
  expect(await deleteConversation(stranger, conversationId)).toBe(false)
  expect((await listConversations(stranger)).conversations).toEqual([])
  expect(await db().conversation.findUnique({ where: { id: conversationId } })).toMatchObject({
    title: 'What is courage?',
    deletedAt: null,
  })
})

test('a person’s title is kept; a generated one only replaces the placeholder', async () => {
  const person = await createPerson()
  const { conversationId } = await createTurn(person)
  expect(await findUntitledMessage(conversationId)).toMatchObject({ text: 'What is courage?' })
  expect(await findUntitledConversations(new Date(Date.now() - 60_000))).toEqual([conversationId])

  expect(await setFoundTitle(conversationId, 'On courage', 'generated')).toBe(true)
  expect(await setFoundTitle(conversationId, 'Again', 'generated')).toBe(false)
  expect(await updateConversation(person, conversationId, { title: 'Mine' })).toMatchObject({
    title: 'Mine',
    titleSource: 'person',
  })
  expect(await setFoundTitle(conversationId, 'Not this', 'generated')).toBe(false)
  expect(await findUntitledMessage(conversationId)).toBeNull()
})

test('intensity can be set and given back to the persona without touching the rest', async () => {
  const person = await createPerson()
  const { conversationId } = await createTurn(person)

  expect(
    await updateConversation(person, conversationId, { intensity: 'high', persona: 'tutor' }),
  ).toMatchObject({
    intensity: 'high',
    persona: 'tutor',
    titleSource: 'placeholder',
  })
  expect(await updateConversation(person, conversationId, { intensity: null })).toMatchObject({
    intensity: null,
    persona: 'tutor',
  })
})

test('a deleted conversation is gone for its owner, and its rows are kept', async () => {
  const person = await createPerson()
  const { conversationId } = await createTurn(person)

  expect(await deleteConversation(person, conversationId)).toBe(true)
  expect(await deleteConversation(person, conversationId)).toBe(false)
  expect(await findConversation(person, conversationId)).toBeNull()
  expect(await db().message.count()).toBe(2)
})

test('changes are told with their owner, as far back as is asked for', async () => {
  const person = await createPerson()
  const { conversationId } = await createTurn(person)
  await createTurn(await createPerson())

  expect(await readConversationChanges([person], 60_000)).toMatchObject([
    { userId: person, event: { id: conversationId, running: true, deleted: false } },
  ])
  await deleteConversation(person, conversationId)
  expect(await readConversationChanges([person], 60_000)).toMatchObject([
    { event: { id: conversationId, deleted: true } },
  ])
  await db().conversation.updateMany({ data: { changedAt: new Date(Date.now() - 120_000) } })
  expect(await readConversationChanges([person], 60_000)).toEqual([])
})
