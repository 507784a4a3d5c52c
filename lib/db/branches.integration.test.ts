import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { createPerson } from '../../scripts/test/create-person.ts'
import { createTurn, newTurn } from '../../scripts/test/create-turn.ts'
import { emptyDatabase } from '../../scripts/test/empty-database.ts'
import { countBranch, openBranch, removeBranch, restoreBranch } from './branches.ts'
import { closeDatabase, db } from './client.ts'
import { readConversation } from './conversations.ts'
import { readTurnState } from './turn-state.ts'
import { insertTurn } from './turns.ts'

let person: string
let conversationId: string

beforeEach(async () => {
  await emptyDatabase()
  person = await createPerson()
  conversationId = uuidv7()
})
afterAll(closeDatabase)

/** A finished turn under an answer (NULL: a first message); the ids of its two messages. */
async function turn(parentId: string | null, isFirst = false) {
  const userMessage = { id: uuidv7(), parentId, text: 'text', tokens: 1 }
  const { answer } = await createTurn(person, {
    ...{ conversationId, userMessage },
    newConversation: isFirst ? { placeholderTitle: 'A tree' } : null,
  })
  await endAll()
  return { question: userMessage.id, answer: answer.id }
}

/** Another answer to a question. */
async function another(question: string) {
  const { answer } = await createTurn(person, {
    ...{ conversationId, userMessage: null, newConversation: null },
    answer: { id: uuidv7(), parentId: question },
  })
  await endAll()
  return answer.id
}

async function endAll() {
  await db().generation.updateMany({ data: { status: 'complete' } })
}

async function shown() {
  const found = await readConversation(person, conversationId)
  return found?.messages.map(({ id }) => id)
}

test('every message names those that stand in its place, oldest first', async () => {
  const first = await turn(null, true)
  const edited = await turn(null)
  const again = await another(edited.question)

  const found = await readConversation(person, conversationId)
  expect(found?.messages).toMatchObject([
    { id: edited.question, siblingIds: [first.question, edited.question] },
    { id: again, siblingIds: [edited.answer, again] },
  ])
})

test('opening a message shows its branch down to the newest end', async () => {
  const first = await turn(null, true)
  const second = await turn(first.answer)
  const again = await another(second.question)
  const other = await another(first.question)
  expect(await shown()).toEqual([first.question, other])

  expect(await openBranch(person, conversationId, first.answer)).toBe('changed')
  expect(await shown()).toEqual([first.question, first.answer, second.question, again])
  expect(await openBranch(person, conversationId, second.answer)).toBe('changed')
  expect(await shown()).toEqual([first.question, first.answer, second.question, second.answer])
})

describe('deleting', () => {
  test('takes all that follows on every branch, and shows what stands beside', async () => {
    const first = await turn(null, true)
    const second = await turn(first.answer)
    await another(second.question)
    const other = await another(first.question)
    await openBranch(person, conversationId, second.answer)

    expect(await countBranch(person, conversationId, first.answer)).toBe(4)
    expect(await removeBranch(person, conversationId, first.answer)).toBe('changed')
    expect(await shown()).toEqual([first.question, other])
    expect(await countBranch(person, conversationId, first.answer)).toBeNull()
    expect(await openBranch(person, conversationId, second.answer)).toBe('missing')
  })

  test('of the last one in its place shows what came before, down to nothing', async () => {
    const first = await turn(null, true)
    const second = await turn(first.answer)
    await removeBranch(person, conversationId, second.question)
    expect(await shown()).toEqual([first.question, first.answer])
    await removeBranch(person, conversationId, first.question)
    expect(await shown()).toEqual([])
  })

  test('of what is not shown changes nothing of what is', async () => {
    const first = await turn(null, true)
    const other = await another(first.question)
    await removeBranch(person, conversationId, first.answer)
    expect(await shown()).toEqual([first.question, other])
  })

  test('is undone whole, and only as far as it went', async () => {
    const first = await turn(null, true)
    const second = await turn(first.answer)
    const again = await another(second.question)
    await removeBranch(person, conversationId, again)
    await removeBranch(person, conversationId, first.question)

    expect(await restoreBranch(person, conversationId, second.question)).toBe('missing')
    expect(await restoreBranch(person, conversationId, first.question)).toBe('changed')
    expect(await shown()).toEqual([first.question, first.answer, second.question, second.answer])
    expect(await restoreBranch(person, conversationId, again)).toBe('changed')
    expect(await shown()).toEqual([first.question, first.answer, second.question, again])
    expect(await restoreBranch(person, conversationId, again)).toBe('missing')
  })

  test('waits for an answer that is being written', async () => {
    const first = await turn(null, true)
    await createTurn(person, {
      ...{ conversationId, userMessage: null, newConversation: null },
      answer: { id: uuidv7(), parentId: first.question },
    })
    expect(await removeBranch(person, conversationId, first.answer)).toBe('running')
    expect(await openBranch(person, conversationId, first.answer)).toBe('running')
  })

  test('keeps a turn that was checked before it from being written after it', async () => {
    const first = await turn(null, true)
    const stale = newTurn(person, {
      ...{ conversationId, newConversation: null },
      userMessage: { id: uuidv7(), parentId: first.answer, text: 'text', tokens: 1 },
    })
    await removeBranch(person, conversationId, first.answer)
    expect(await insertTurn(stale)).toBe('changed')
    expect(await db().message.count()).toBe(2)
  })
})

test('a deleted message is no parent, and its id stays taken', async () => {
  const first = await turn(null, true)
  await removeBranch(person, conversationId, first.answer)
  const state = await readTurnState({
    ...{ userId: person, conversationId, parentId: first.answer },
    ...{ requestId: first.answer, budgets: { byModel: {}, usual: 1000, model: null }, rateLimit: 20 },
  })
  expect(state).toMatchObject({
    history: { messages: [] },
    idTaken: true,
    existing: null,
    conversation: { deletions: 1 },
  })
})

test('another person’s messages are not there', async () => {
  const first = await turn(null, true)
  const stranger = await createPerson()
  expect(await countBranch(stranger, conversationId, first.answer)).toBeNull()
  expect(await openBranch(stranger, conversationId, first.answer)).toBe('missing')
  expect(await removeBranch(stranger, conversationId, first.answer)).toBe('missing')
  await removeBranch(person, conversationId, first.answer)
  expect(await restoreBranch(stranger, conversationId, first.answer)).toBe('missing')
})

test('a message of another conversation is not there', async () => {
  const first = await turn(null, true)
  const { conversationId: other } = await createTurn(person)
  await endAll()
  expect(await openBranch(person, other, first.answer)).toBe('missing')
  expect(await removeBranch(person, other, first.answer)).toBe('missing')
})
