import { v7 as uuidv7 } from 'uuid'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { closeDatabase, db } from '#lib/db/client.ts'
import { readConversation } from '#lib/db/conversations.ts'
import { finishGeneration, readTurn, SWEPT, writeProgress } from '#lib/db/generations.ts'
import { unknownUsage } from '#lib/providers/answer-events.ts'
import type { ScriptedProvider } from '../../e2e/provider/scripted-provider.ts'
import { allEnded } from '../../scripts/test/all-ended.ts'
import { createPerson } from '../../scripts/test/create-person.ts'
import { emptyDatabase } from '../../scripts/test/empty-database.ts'
import { useScriptedProvider } from '../../scripts/test/use-scripted-provider.ts'
import { runningGenerations } from './running-generations.ts'
import { startTurn } from './start-turn.ts'
import { sweepGenerations } from './sweep-generations.ts'

let provider: ScriptedProvider
let person: string

beforeAll(async () => {
  provider = await useScriptedProvider()
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
  await provider.stop()
  await closeDatabase()
})

/** Asks and waits for the end, which the marker in the text decides. */
async function ask(text: string) {
  const conversationId = uuidv7()
  const turn = await startTurn(person, { conversationId, parentId: null, message: { id: uuidv7(), text } })
  await allEnded()
  return turn
}

async function goOn(conversationId: string, answerId: string, generationId: string = uuidv7()) {
  const turn = await startTurn(person, { conversationId, answerId, generationId })
  await allEnded()
  return turn
}

async function lastMessage(conversationId: string) {
  const found = await readConversation(person, conversationId)
  const message = found?.messages.at(-1)
  if (message?.role !== 'assistant') throw new Error('no answer')
  return message
}

const five = 'word1 word2 word3 word4 word5'
const ten = `${five} word6 word7 word8 word9 word10`

test.each([
  ['truncated', '[scenario:length tokens=5]'],
  ['interrupted', '[scenario:cut]'],
])('an answer that was %s goes on in its place, with the join invisible', async (status, scenario) => {
  const { conversationId, answerId } = await ask(`go on ${scenario}`)
  expect(await lastMessage(conversationId)).toMatchObject({ generation: { status } })

  const turn = await goOn(conversationId, answerId)

  expect(turn).toMatchObject({ answerId, conversationId })
  expect(await lastMessage(conversationId)).toMatchObject({
    id: answerId,
    text: ten,
    generation: { id: turn.generation.id, status: 'complete' },
  })
  const { tokens } = await db().message.findUniqueOrThrow({ where: { id: answerId } })
  expect(tokens).toBeGreaterThan(10)
})

test('the model that goes on does not have to repeat the ending', async () => {
  const { conversationId, answerId } = await ask('[scenario:length tokens=5] [continue:plain bare=1]')
  await goOn(conversationId, answerId)
  expect((await lastMessage(conversationId)).text).toBe(ten)
})

test('the provider is sent what was written and told to go on, and the ledger says so', async () => {
  const { conversationId, answerId, userMessageId } = await ask('ledger [scenario:length tokens=5]')
  const { generation } = await goOn(conversationId, answerId)

  const sent = provider.requests.at(-1)?.body.messages ?? []
  expect(sent.map(({ role }) => role)).toEqual(['system', 'user', 'assistant', 'user'])
  expect(sent[2]?.content).toBe(five)
  expect(sent[3]?.content).toContain(five)
  const { ledger } = await db().generation.findUniqueOrThrow({ where: { id: generation.id } })
  expect(ledger).toMatchObject({
    sent: [{ messageId: userMessageId }, { messageId: answerId }],
    continuation: { tokens: expect.any(Number) },
  })
})

test('asked twice under one id it goes on once', async () => {
  const { conversationId, answerId } = await ask('twice [scenario:length tokens=5]')
  const generationId = uuidv7()
  const before = provider.requests.length
  const request = { conversationId, answerId, generationId }
  const [first, second] = await Promise.all([startTurn(person, request), startTurn(person, request)])
  await allEnded()

  expect(first.generation.id).toBe(second.generation.id)
  expect(provider.requests.slice(before).filter(({ kind }) => kind === 'answer')).toHaveLength(1)
  expect((await startTurn(person, request)).text).toBe(ten)
})

test('what goes on may break off again, and then go on again', async () => {
  const { conversationId, answerId } = await ask('again [scenario:length tokens=5] [continue:cut]')
  await goOn(conversationId, answerId)
  expect(await lastMessage(conversationId)).toMatchObject({ generation: { status: 'interrupted' } })
  await goOn(conversationId, answerId)
  expect(await db().generation.count({ where: { messageId: answerId } })).toBe(3)
})

test('a continuation that fails leaves the text, says why, and stays history', async () => {
  const { conversationId, answerId } = await ask(
    'fails [scenario:length tokens=5] [continue:status code=401]',
  )
  await goOn(conversationId, answerId)

  expect(await lastMessage(conversationId)).toMatchObject({
    text: five,
    generation: { status: 'interrupted', errorCode: 'wrong_key' },
  })
  await startTurn(person, { conversationId, parentId: answerId, message: { id: uuidv7(), text: 'and now' } })
  await allEnded()
  expect(provider.requests.at(-1)?.body.messages.map(({ role }) => role)).toEqual([
    'system',
    'user',
    'assistant',
    'user',
  ])
})

test('a model with nothing to add says that the answer was whole', async () => {
  const { conversationId, answerId } = await ask('whole [scenario:length tokens=5] [continue:empty]')
  await goOn(conversationId, answerId)
  expect(await lastMessage(conversationId)).toMatchObject({ text: five, generation: { status: 'complete' } })
})

test('while it goes on, what was there is shown with what came; when its server dies, both stay', async () => {
  const { conversationId, answerId } = await ask(
    'dies [scenario:length tokens=5] [continue:gated gate=never]',
  )
  const { generation } = await startTurn(person, { conversationId, answerId, generationId: uuidv7() })
  await writeProgress([generation.id], [{ generationId: generation.id, sequence: 9, text: ' and more' }])

  expect((await lastMessage(conversationId)).text).toMatch(/^word1 word2 .* and more$/)
  expect((await readTurn(person, generation.id))?.text).toMatch(/^word1 word2 .* and more$/)

  const running = [...runningGenerations().values()]
  runningGenerations().clear()
  let now = performance.now()
  // Again if its last sign of life was still on its way.
  const sweep = async () => {
    now += 20_000
    for (const later of [0, 4_000, 8_000]) await sweepGenerations(10_000, now + later)
    return sweepGenerations(10_000, now + 11_000)
  }
  await expect.poll(sweep).toBe(1)
  expect(await lastMessage(conversationId)).toMatchObject({
    text: expect.stringMatching(/^word1 word2 .* and more$/),
    generation: { status: 'interrupted' },
  })
  for (const each of running) each.abort('ended_elsewhere')
  await Promise.all(running.map(({ done }) => done))
})

test('a server that comes back late does not overwrite what was gone on with meanwhile', async () => {
  const { conversationId, answerId, generation } = await ask('late [scenario:cut]')
  await db().generation.update({ where: { id: generation.id }, data: { errorCode: SWEPT } })
  await goOn(conversationId, answerId)

  const late = await finishGeneration({
    ...{ generationId: generation.id, status: 'complete', errorCode: null, text: 'old', tokens: 1 },
    ...{ ...unknownUsage, retryAfterSeconds: null, model: null, ledger: null },
    ...{ timeToFirstTokenMs: null, latencyMs: null, calls: [], cost: null, usage: [] },
  })
  expect(late).toBeNull()
  expect((await lastMessage(conversationId)).text).toBe(ten)
})

test('only what broke off, has text and was not built on can be gone on with', async () => {
  const whole = await ask('is whole')
  await expect(goOn(whole.conversationId, whole.answerId)).rejects.toMatchObject({ code: 'not_continuable' })

  const failed = await ask('fails [scenario:status code=401]')
  await expect(goOn(failed.conversationId, failed.answerId)).rejects.toMatchObject({
    code: 'not_continuable',
  })

  const followed = await ask('is followed [scenario:length tokens=5]')
  const { conversationId, answerId } = followed
  await startTurn(person, { conversationId, parentId: answerId, message: { id: uuidv7(), text: 'next' } })
  await allEnded()
  await expect(goOn(conversationId, answerId)).rejects.toMatchObject({ code: 'not_continuable' })

  await expect(goOn(conversationId, followed.userMessageId)).rejects.toMatchObject({
    code: 'invalid_request',
  })
  await expect(goOn(conversationId, uuidv7())).rejects.toMatchObject({ code: 'invalid_request' })
  const stranger = await createPerson()
  const stolen = { conversationId, answerId, generationId: uuidv7() }
  await expect(startTurn(stranger, stolen)).rejects.toMatchObject({ code: 'not_found' })
})
