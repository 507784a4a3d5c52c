import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { createPerson } from '../../scripts/test/create-person.ts'
import { createTurn, newTurn } from '../../scripts/test/create-turn.ts'
import { emptyDatabase } from '../../scripts/test/empty-database.ts'
import { removeBranch } from './branches.ts'
import { clearContext, unclearContext } from './clears.ts'
import { closeDatabase, db } from './client.ts'
import { readConversation } from './conversations.ts'
import { insertTurn } from './turns.ts'

let person: string
let conversationId: string

beforeEach(async () => {
  await emptyDatabase()
  person = await createPerson()
  conversationId = uuidv7()
})
afterAll(closeDatabase)

async function turn(parentId: string | null, { isRunning = false } = {}) {
  const userMessage = { id: uuidv7(), parentId, text: 'text', tokens: 1 }
  const newConversation = parentId === null ? { placeholderTitle: 'A conversation' } : null
  const { deletions } = (await db().conversation.findUnique({ where: { id: conversationId } })) ?? {
    deletions: 0,
  }
  const { answer } = await createTurn(person, { conversationId, userMessage, newConversation, deletions })
  if (!isRunning) await db().generation.updateMany({ data: { status: 'complete' } })
  return { question: userMessage.id, answer: answer.id }
}

async function cleared() {
  const found = await readConversation(person, conversationId)
  return found?.messages.filter(({ isCleared }) => isCleared).map(({ id }) => id)
}

test('the last answer is cleared, once, and the conversation goes on after it', async () => {
  const { answer } = await turn(null)
  expect(await clearContext(person, conversationId, answer)).toBe('changed')
  const first = await db().message.findUniqueOrThrow({ where: { id: answer } })
  expect(await clearContext(person, conversationId, answer)).toBe('changed')
  const second = await db().message.findUniqueOrThrow({ where: { id: answer } })
  expect(second.clearedAt).toEqual(first.clearedAt)
  await turn(answer)
  expect(await cleared()).toEqual([answer])
})

test('it is taken back, also after the conversation has gone on', async () => {
  const { answer } = await turn(null)
  await clearContext(person, conversationId, answer)
  await turn(answer)
  expect(await unclearContext(person, conversationId, answer)).toBe('changed')
  expect(await cleared()).toEqual([])
  expect(await unclearContext(person, conversationId, answer)).toBe('missing')
})

test('only what the next message would follow is cleared', async () => {
  const first = await turn(null)
  const second = await turn(first.answer)
  expect(await clearContext(person, conversationId, first.answer)).toBe('not_at_end')
  expect(await clearContext(person, conversationId, second.question)).toBe('missing')

  // The question at the end has no answer any more: the next message takes its place.
  await removeBranch(person, conversationId, second.answer)
  expect(await clearContext(person, conversationId, second.answer)).toBe('missing')
  expect(await clearContext(person, conversationId, first.answer)).toBe('changed')
})

test('nothing is cleared while an answer is written, or by anybody else', async () => {
  const { answer } = await turn(null, { isRunning: true })
  expect(await clearContext(person, conversationId, answer)).toBe('running')
  await db().generation.updateMany({ data: { status: 'complete' } })
  const stranger = await createPerson()
  expect(await clearContext(stranger, conversationId, answer)).toBe('missing')
  expect(await clearContext(person, uuidv7(), answer)).toBe('missing')
  expect(await cleared()).toEqual([])
  await clearContext(person, conversationId, answer)
  expect(await unclearContext(stranger, conversationId, answer)).toBe('missing')
  expect(await cleared()).toEqual([answer])
})

test('a turn that was checked before is not written after it', async () => {
  const { answer } = await turn(null)
  const checked = newTurn(person, {
    ...{ conversationId, newConversation: null, deletions: 0 },
    userMessage: { id: uuidv7(), parentId: answer, text: 'text', tokens: 1 },
  })
  await clearContext(person, conversationId, answer)
  expect(await insertTurn(checked)).toBe('changed')
  await unclearContext(person, conversationId, answer)
  expect(await insertTurn({ ...checked, deletions: 1 })).toBe('changed')
  expect(await insertTurn({ ...checked, deletions: 2 })).toBeNull()
})
