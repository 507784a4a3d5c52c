import { v7 as uuidv7 } from 'uuid'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { SendMessage } from '#lib/chat/chat-request.ts'
import { MAX_MESSAGE_LENGTH } from '#lib/chat/limits.ts'
import { closeDatabase, db } from '#lib/db/client.ts'
import { readTurn, requestStop } from '#lib/db/generations.ts'
import { env } from '#lib/env.ts'
import type { AppError } from '#lib/errors.ts'
import { promptLibrary } from '#lib/prompts/library.ts'
import type { ScriptedProvider } from '../../e2e/provider/scripted-provider.ts'
import { allEnded } from '../../scripts/test/all-ended.ts'
import { createPerson } from '../../scripts/test/create-person.ts'
import { createTurn } from '../../scripts/test/create-turn.ts'
import { emptyDatabase } from '../../scripts/test/empty-database.ts'
import { useScriptedProvider } from '../../scripts/test/use-scripted-provider.ts'
import { runningGenerations } from './running-generations.ts'
import { startTurn } from './start-turn.ts'
import { stopGeneration } from './stop-generation.ts'

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

function message(text: string, change: Partial<SendMessage> = {}): SendMessage {
  return { conversationId: uuidv7(), parentId: null, message: { id: uuidv7(), text }, ...change }
}

function asked(text: string) {
  return provider.requests.filter((request) => request.kind === 'answer' && request.message.includes(text))
}

test('a message is answered, and everything about the answer is kept', async () => {
  const request = message('[scenario:slow tokens=4 delay=1]')
  const { generation, answerId } = await startTurn(person, request)
  await allEnded()

  const turn = await readTurn(person, generation.id)
  expect(turn).toMatchObject({
    conversationId: request.conversationId,
    userMessageId: request.message.id,
    answerId,
    generation: {
      status: 'complete',
      provider: 'openai',
      model: 'scripted-main',
      persona: 'stoic',
      outputTokens: 4,
      errorCode: null,
    },
  })
  expect(turn?.text).not.toBe('')
  expect(turn?.generation.timeToFirstTokenMs).toBeGreaterThanOrEqual(0)
  expect(turn?.generation.latencyMs).toBeGreaterThanOrEqual(turn?.generation.timeToFirstTokenMs ?? 0)
  expect(await db().generationChunk.count()).toBe(0)
})

test('the provider receives the composed persona and the branch, and the generation keeps what it was', async () => {
  const first = message('Ask one', { persona: 'tutor', intensity: 'high' })
  const { answerId } = await startTurn(person, first)
  await allEnded()
  const second = message('Ask two', { conversationId: first.conversationId, parentId: answerId })
  const { generation } = await startTurn(person, second)
  await allEnded()

  const prompt = promptLibrary().composePersona('tutor', 'high')
  const answer = await db().message.findUniqueOrThrow({ where: { id: answerId } })
  expect(asked('Ask two')[0]?.body.messages).toEqual([
    { role: 'system', content: prompt.text },
    { role: 'user', content: 'Ask one' },
    { role: 'assistant', content: answer.text },
    { role: 'user', content: 'Ask two' },
  ])
  const stored = await db().generation.findUniqueOrThrow({ where: { id: generation.id } })
  expect(stored).toMatchObject({
    persona: 'tutor',
    intensity: 'high',
    promptHash: prompt.hash,
    ledger: {
      sent: [{ messageId: first.message.id }, { messageId: answerId }, { messageId: second.message.id }],
      leftOut: [],
    },
  })
})

describe('one action makes one answer', () => {
  test('the same request many times at once reaches the provider once and gives every asker the same turn', async () => {
    const request = message('ask once [scenario:slow tokens=3 delay=5]')
    const turns = await Promise.all(Array.from({ length: 6 }, () => startTurn(person, request)))
    await allEnded()

    expect(new Set(turns.map(({ generation }) => generation.id)).size).toBe(1)
    expect(asked('ask once')).toHaveLength(1)
    expect(await db().message.count()).toBe(2)
  })

  test('the same request after the answer has ended gives that answer', async () => {
    const request = message('ask again later')
    const first = await startTurn(person, request)
    await allEnded()
    const again = await startTurn(person, request)

    expect(again.generation).toMatchObject({ id: first.generation.id, status: 'complete' })
    expect(asked('ask again later')).toHaveLength(1)
  })

  test('a regenerated answer is a sibling, and asking for it twice makes one', async () => {
    const request = message('regenerate me')
    await startTurn(person, request)
    await allEnded()
    const again = { conversationId: request.conversationId, parentId: request.message.id, answerId: uuidv7() }
    await Promise.all([startTurn(person, again), startTurn(person, again)])
    await allEnded()

    expect(asked('regenerate me')).toHaveLength(2)
    const answers = await db().message.findMany({ where: { parentId: request.message.id } })
    expect(answers).toHaveLength(2)
    const conversation = await db().conversation.findUniqueOrThrow({ where: { id: request.conversationId } })
    expect(conversation.activeLeafId).toBe(again.answerId)
  })

  test('another message waits until the answer has ended', async () => {
    const first = message('[scenario:gated gate=wait]')
    const { answerId } = await startTurn(person, first)
    const second = message('too soon', { conversationId: first.conversationId, parentId: answerId })

    await expect(startTurn(person, second)).rejects.toMatchObject({ code: 'generation_running', status: 409 })
    expect(await db().message.count()).toBe(2)
  })
})

describe('stopping', () => {
  test('closes the provider’s socket and keeps exactly the text that was there', async () => {
    const request = message('stop me [scenario:gated before=5 gate=never]')
    const { generation } = await startTurn(person, request)
    const running = runningGenerations().get(generation.id)
    await expect.poll(() => running?.answer.text).not.toBe('')

    expect(await stopGeneration(person, request.conversationId)).toBe(true)
    await allEnded()

    expect(await readTurn(person, generation.id)).toMatchObject({
      text: running?.answer.text,
      generation: { status: 'stopped', errorCode: null },
    })
    await expect.poll(() => asked('stop me')[0]?.closed?.by).toBe('client')
    expect(await stopGeneration(person, request.conversationId)).toBe(false)
  })

  test('works from another instance, through the database alone', async () => {
    const request = message('[scenario:gated before=2 gate=never]')
    const { generation } = await startTurn(person, request)
    await requestStop(person, request.conversationId)
    await allEnded()

    expect((await readTurn(person, generation.id))?.generation.status).toBe('stopped')
  })

  test('nobody stops another’s answer', async () => {
    const request = message('[scenario:gated before=2 gate=never]')
    const { generation } = await startTurn(person, request)

    expect(await stopGeneration(await createPerson(), request.conversationId)).toBe(false)
    expect(runningGenerations().has(generation.id)).toBe(true)
  })

  test('the next turn after a stop works and has the stopped text as history', async () => {
    const request = message('[scenario:gated before=3 gate=never]')
    const { answerId, generation } = await startTurn(person, request)
    await expect.poll(() => runningGenerations().get(generation.id)?.answer.text).not.toBe('')
    await stopGeneration(person, request.conversationId)
    await allEnded()
    await startTurn(
      person,
      message('after the stop', { conversationId: request.conversationId, parentId: answerId }),
    )
    await allEnded()

    const stopped = await db().message.findUniqueOrThrow({ where: { id: answerId } })
    expect(asked('after the stop')[0]?.body.messages[2]).toEqual({ role: 'assistant', content: stopped.text })
  })
})

test('while it streams, what was shown is in the chunk log within a second', async () => {
  const { generation } = await startTurn(person, message('[scenario:gated before=5 gate=never]'))
  const running = runningGenerations().get(generation.id)
  await expect.poll(() => running?.answer.text).not.toBe('')

  await expect
    .poll(async () => (await readTurn(person, generation.id))?.text, { timeout: 1_000 })
    .toBe(running?.answer.text)
})

test('what the database refuses is removed on the way in and on the way out of the model', async () => {
  const request = message('nul\u0000 and \ud800 lone [scenario:dirty]')
  const { answerId } = await startTurn(person, request)
  await allEnded()

  const [sent, answer] = await Promise.all(
    [request.message.id, answerId].map((id) => db().message.findUniqueOrThrow({ where: { id } })),
  )
  expect(sent?.text).toBe('nul and  lone [scenario:dirty]')
  expect(answer?.text).not.toBe('')
  expect(answer?.text.isWellFormed()).toBe(true)
  expect(answer?.text).not.toContain('\u0000')
})

test('a failed answer is kept as failed, is no history, and the next turn works', async () => {
  const request = message('[scenario:status code=404] first try')
  const { answerId, generation } = await startTurn(person, request)
  await allEnded()
  expect((await readTurn(person, generation.id))?.generation).toMatchObject({
    status: 'failed',
    errorCode: 'model_not_found',
  })

  await startTurn(person, message('next', { conversationId: request.conversationId, parentId: answerId }))
  await allEnded()
  expect(asked('next')[0]?.body.messages.map(({ role }) => role)).toEqual(['system', 'user', 'user'])
})

test('more turns in a minute than allowed are refused with the seconds, and leave nothing behind', async () => {
  const { RATE_LIMIT_PER_MINUTE } = env()
  for (let n = 0; n < RATE_LIMIT_PER_MINUTE; n++) await createTurn(person)
  const before = await db().message.count()

  const refused = await startTurn(person, message('one more')).catch((error: unknown) => error)
  expect(refused).toMatchObject({ code: 'too_many_turns', status: 429 })
  expect((refused as AppError).retryAfterSeconds).toBeGreaterThan(50)
  expect(await db().message.count()).toBe(before)
})

test('a history that the provider finds too long is trimmed once, and the ledger says what was sent', async () => {
  const first = message('x'.repeat(20_000))
  const { answerId } = await startTurn(person, first)
  await allEnded()
  const text = 'shrink [scenario:too-long limit=15000]'
  const { generation } = await startTurn(
    person,
    message(text, { conversationId: first.conversationId, parentId: answerId }),
  )
  await allEnded()

  expect((await readTurn(person, generation.id))?.generation.status).toBe('complete')
  expect(asked('shrink').map(({ body }) => body.messages.length)).toEqual([4, 2])
  const { ledger } = await db().generation.findUniqueOrThrow({ where: { id: generation.id } })
  expect(ledger).toMatchObject({
    overBudget: { fromId: first.message.id, throughId: answerId, messages: 2 },
  })
})

test('a provider that names a time to come back has it kept with the answer', async () => {
  const { generation } = await startTurn(person, message('[scenario:status code=429 retry-after=60] limited'))
  await allEnded()

  const ended = (await readTurn(person, generation.id))?.generation
  expect(ended).toMatchObject({ status: 'failed', errorCode: 'rate_limited' })
  const seconds = (Date.parse(ended?.retryAt ?? '') - Date.now()) / 1000
  expect(seconds).toBeGreaterThan(50)
  expect(seconds).toBeLessThanOrEqual(60)
})

describe('bad input is refused and leaves nothing behind', () => {
  test.each([
    [
      'an empty message',
      { message: { id: uuidv7(), text: ' \n ' } },
      { code: 'invalid_request', field: 'message.text' },
    ],
    [
      'a message over the limit',
      { message: { id: uuidv7(), text: 'x'.repeat(MAX_MESSAGE_LENGTH + 1) } },
      { code: 'message_too_long', status: 413 },
    ],
    ['an unknown persona', { persona: 'nobody' }, { code: 'unknown_persona', field: 'persona' }],
    [
      'a parent in a conversation that is not there',
      { parentId: uuidv7() },
      { code: 'not_found', status: 404 },
    ],
  ])('%s', async (_name, change, expected) => {
    await expect(startTurn(person, message('Hello', change))).rejects.toMatchObject(expected)
    expect(await db().conversation.count()).toBe(0)
  })

  test('a message of exactly the limit is taken', async () => {
    await startTurn(person, message('x'.repeat(MAX_MESSAGE_LENGTH)))
    expect(await db().message.count()).toBe(2)
  })

  test('another’s conversation answers like a missing one', async () => {
    const theirs = message('private')
    const { answerId } = await startTurn(await createPerson(), theirs)
    await allEnded()
    const asStranger = (conversationId: string) =>
      startTurn(person, message('let me in', { conversationId, parentId: answerId })).catch(
        (error: unknown) => error,
      )

    expect(await asStranger(theirs.conversationId)).toEqual(await asStranger(uuidv7()))
    expect(await asStranger(theirs.conversationId)).toMatchObject({ code: 'not_found' })
  })

  test('a parent that is a message, not an answer, and one of another conversation', async () => {
    const request = message('first')
    await startTurn(person, request)
    await allEnded()
    const other = message('other')
    const { answerId } = await startTurn(person, other)
    await allEnded()

    for (const parentId of [request.message.id, answerId]) {
      const wrong = message('wrong', { conversationId: request.conversationId, parentId })
      await expect(startTurn(person, wrong)).rejects.toMatchObject({
        code: 'invalid_request',
        field: 'parentId',
      })
    }
  })

  test('an id that another’s message has', async () => {
    const theirs = message('mine')
    await startTurn(await createPerson(), theirs)
    await expect(startTurn(person, message('x', { message: theirs.message }))).rejects.toMatchObject({
      code: 'message_id_taken',
    })
  })
})

test('a conversation whose persona is gone from the library goes on with the default one', async () => {
  const request = message('first')
  const { answerId } = await startTurn(person, request)
  await allEnded()
  await db().conversation.update({ where: { id: request.conversationId }, data: { persona: 'retired' } })

  const next = message('next', { conversationId: request.conversationId, parentId: answerId })
  expect((await startTurn(person, next)).generation.persona).toBe('stoic')
})
