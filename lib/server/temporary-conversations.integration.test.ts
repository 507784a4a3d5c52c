import { v7 as uuidv7 } from 'uuid'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { SendMessage } from '#lib/chat/chat-request.ts'
import { closeDatabase, db } from '#lib/db/client.ts'
import {
  findConversation,
  findUntitledConversations,
  findUntitledMessage,
  readConversationChanges,
} from '#lib/db/conversations.ts'
import { listConversations } from '#lib/db/list-conversations.ts'
import { eraseTemporaryConversations } from '#lib/db/temporary-conversations.ts'
import type { ScriptedProvider } from '../../e2e/provider/scripted-provider.ts'
import { allEnded } from '../../scripts/test/all-ended.ts'
import { createPerson } from '../../scripts/test/create-person.ts'
import { createTurn } from '../../scripts/test/create-turn.ts'
import { emptyDatabase } from '../../scripts/test/empty-database.ts'
import { useScriptedProvider } from '../../scripts/test/use-scripted-provider.ts'
import { changeConversation, removeConversation } from './change-conversation.ts'
import { startJobs, stopJobs } from './jobs.ts'
import { runningGenerations } from './running-generations.ts'
import { startTurn } from './start-turn.ts'
import { titleQueue } from './title-conversation.ts'

let provider: ScriptedProvider
let person: string

beforeAll(async () => {
  provider = await useScriptedProvider({ RATE_LIMIT_PER_MINUTE: '3' })
  await startJobs([titleQueue])
})
beforeEach(async () => {
  await emptyDatabase()
  person = await createPerson()
})
afterEach(async () => {
  for (const generation of runningGenerations().values()) generation.abort('shutdown')
  await allEnded()
})
afterAll(async () => {
  await stopJobs()
  await provider.stop()
  await closeDatabase()
})

function tried(text: string, change: Partial<SendMessage> = {}): SendMessage {
  const message = { id: uuidv7(), text }
  return { conversationId: uuidv7(), parentId: null, message, temporary: true, ...change }
}

const titles = () => provider.requests.filter(({ kind }) => kind === 'title').length

test('a temporary conversation is answered, and stands in no list, no news and no search for titles', async () => {
  const titlesBefore = titles()
  const request = tried('Who are you?', { persona: 'casual' })
  await startTurn(person, request)
  await allEnded()

  const { conversationId } = request
  expect(await findConversation(person, conversationId)).toMatchObject({
    isTemporary: true,
    persona: 'casual',
  })
  expect((await listConversations(person)).conversations).toEqual([])
  expect(await readConversationChanges([person], 60_000)).toEqual([])
  expect(await findUntitledMessage(conversationId)).toBeNull()
  expect(await findUntitledConversations(new Date(0))).toEqual([])
  expect(titles()).toBe(titlesBefore)
})

test('only a new conversation can be temporary, and the same request again is the same turn', async () => {
  const { conversationId } = await createTurn(person)
  await expect(startTurn(person, tried('Again', { conversationId }))).rejects.toMatchObject({
    ...{ code: 'invalid_request', field: 'temporary' },
  })
  const request = tried('Who are you?')
  const first = await startTurn(person, request)
  expect((await startTurn(person, request)).answerId).toBe(first.answerId)
})

test('its turns count for the limit of a minute, also once it is gone', async () => {
  await startTurn(person, tried('One'))
  await startTurn(person, tried('Two'))
  await startTurn(person, tried('Three'))
  await allEnded()
  await expect(startTurn(person, tried('Four'))).rejects.toMatchObject({ code: 'too_many_turns' })
  expect(await eraseTemporaryConversations(0)).toBe(3)
  await expect(startTurn(person, tried('Four'))).rejects.toMatchObject({ code: 'too_many_turns' })
})

test('an hour later it is erased with all that is in it, and what it cost stays', async () => {
  const other = await createTurn(person)
  const running = await createTurn(person, {
    newConversation: { placeholderTitle: 'x', isTemporary: true },
  })
  const { conversationId } = tried('')
  const { generation } = await startTurn(person, tried('Who are you?', { conversationId }))
  await runningGenerations().get(generation.id)?.done
  expect(await eraseTemporaryConversations(60)).toBe(0)

  await db().conversation.updateMany({ data: { lastActivityAt: new Date(Date.now() - 61 * 60_000) } })
  expect(await eraseTemporaryConversations(60)).toBe(1)

  const left = await db().conversation.findMany({ select: { id: true } })
  expect(left.map(({ id }) => id).toSorted()).toEqual(
    [other.conversationId, running.conversationId].toSorted(),
  )
  expect(await db().message.count({ where: { conversationId } })).toBe(0)
  expect(await db().usageEvent.findUnique({ where: { id: generation.id } })).toMatchObject({
    ...{ conversationId: null, outcome: 'complete', inputTokens: expect.any(Number) },
  })
})

test('one that is left is erased at once, its answer stopped; what it cost stays', async () => {
  const request = tried('[scenario:slow tokens=2000 delay=15]')
  const { conversationId } = request
  const { generation } = await startTurn(person, request)
  const stranger = await createPerson()
  await expect(removeConversation(stranger, conversationId)).rejects.toMatchObject({ code: 'not_found' })
  await removeConversation(person, conversationId)
  expect(await db().conversation.count()).toBe(0)
  expect(await db().message.count()).toBe(0)
  expect(await db().usageEvent.findUnique({ where: { id: generation.id } })).toMatchObject({
    ...{ conversationId: null, outcome: 'stopped' },
  })
})

test('one that is left while another instance writes its answer is erased when that has ended', async () => {
  const { conversationId, answer } = await createTurn(person, {
    newConversation: { placeholderTitle: 'x', isTemporary: true },
  })
  await removeConversation(person, conversationId)
  expect(await findConversation(person, conversationId)).toBeNull()
  expect(await eraseTemporaryConversations(60)).toBe(0)
  await db().generation.updateMany({ where: { messageId: answer.id }, data: { status: 'stopped' } })
  expect(await eraseTemporaryConversations(60)).toBe(1)
})

test('a first message that is changed and sent again goes on in the same one', async () => {
  const request = tried('Who are you?')
  await startTurn(person, request)
  await allEnded()
  await startTurn(person, { ...request, message: { id: uuidv7(), text: 'Who are you really?' } })
  expect(await db().conversation.count()).toBe(1)
})

test('one in which a turn is written while it is looked at is not deleted', async () => {
  const request = tried('Who are you?')
  const { conversationId: id } = request
  await startTurn(person, request)
  await allEnded()
  await db().conversation.update({ where: { id }, data: { lastActivityAt: new Date(0) } })
  const { deletion } = await db().$transaction(async (turn) => {
    await turn.conversation.update({ where: { id }, data: { lastActivityAt: new Date() } })
    const begun = eraseTemporaryConversations(60)
    const waiting = () => turn.$queryRaw<unknown[]>`
      SELECT 1 FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))`
    await expect.poll(async () => (await waiting()).length).toBeGreaterThan(0)
    return { deletion: begun }
  })
  expect(await deletion).toBe(0)
  expect(await findConversation(person, id)).not.toBeNull()
})

test('one that is kept is like any other from then on, with a title; a stranger keeps nothing', async () => {
  const request = tried('How do I learn to wait?')
  const { conversationId } = request
  await startTurn(person, request)
  await allEnded()

  const stranger = await createPerson()
  await expect(changeConversation(stranger, conversationId, { temporary: false })).rejects.toMatchObject({
    code: 'not_found',
  })
  expect((await listConversations(stranger)).conversations).toEqual([])

  const kept = await changeConversation(person, conversationId, { temporary: false })
  expect(kept).not.toHaveProperty('isTemporary')
  expect((await listConversations(person)).conversations).toMatchObject([{ id: conversationId }])
  expect(await readConversationChanges([person], 60_000)).toMatchObject([{ event: { id: conversationId } }])
  await expect
    .poll(async () => (await findConversation(person, conversationId))?.titleSource, { timeout: 10_000 })
    .toBe('generated')
  await db().conversation.updateMany({ data: { lastActivityAt: new Date(0) } })
  expect(await eraseTemporaryConversations(60)).toBe(0)
})
