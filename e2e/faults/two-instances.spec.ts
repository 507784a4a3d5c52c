import { v7 as uuid } from 'uuid'
import { numberedAnswer } from '../provider/answers.ts'
import { ApiClient, readTurn, textOf } from '../support/api-client.ts'
import { uniqueWord } from '../support/conversation-page.ts'
import type { Person } from '../support/person.ts'
import type { FaultStack } from './support/fault-stack.ts'
import { continueTurn, openTurn, openTurns, resumeTurn } from './support/open-turn.ts'
import { expect, test } from './support/test.ts'
import { callsFor, endOf, lastAnswer, waitForEnd } from './support/turns.ts'

test.describe.configure({ mode: 'default' })
test.use({ stackOptions: { servers: [{}, {}] } })

/** So long a sign of life may be missing before an answer counts as abandoned (lib/server/sweep-generations.ts). */
const SILENT_MS = 6_000

/** The same person's calls to each server. */
function clients(stack: FaultStack, { context }: Person): [ApiClient, ApiClient] {
  const [first, second] = stack.servers.map(({ origin }) => new ApiClient(origin, context))
  if (!first || !second) throw new Error('this needs two servers')
  return [first, second]
}

function elapsed(since: number): () => number {
  return () => performance.now() - since
}

test('started on one, resumed on the other: the whole text, without a gap or a repeat', async ({
  stack,
  person,
}) => {
  const [first, second] = clients(stack, person)
  const turn = await openTurn(first, 'slow tokens=300 delay=10')
  await expect.poll(() => turn.text.length).toBeGreaterThan(300)
  const resumed = await resumeTurn(second, turn.conversationId)
  await Promise.all([turn.over, resumed.over])
  expect(turn.text).toBe(numberedAnswer(300))
  expect(resumed.text).toBe(turn.text)
  expect(resumed.end).toEqual(turn.end)
})

test('started on one, stopped on the other: within a second, and what was shown is kept', async ({
  stack,
  person,
}) => {
  const [first, second] = clients(stack, person)
  const turn = await openTurn(first, 'slow tokens=2000 delay=10')
  await expect.poll(() => turn.text.length).toBeGreaterThan(300)
  const askedAt = Date.now()
  const response = await second.call('POST', `/api/chat/${turn.conversationId}/stop`, { json: {} })
  expect(await response.json()).toEqual({ stopped: true })
  await turn.over
  expect(turn.end).toMatchObject({ status: 'stopped', errorCode: null })
  const [call] = callsFor(stack, turn)
  await expect.poll(() => call?.closed?.by).toBe('client')
  expect((call?.closed?.time ?? Number.POSITIVE_INFINITY) - askedAt).toBeLessThan(1000)
  const stored = await lastAnswer(second, turn.conversationId)
  expect(stored.text).toBe(turn.text)
  expect(stored.generation).toEqual(turn.end)
})

test('one is killed, the other takes over: its readers are told, and it continues', async ({
  stack,
  person,
}) => {
  const [first, second] = clients(stack, person)
  const turn = await openTurn(first, 'slow tokens=2000 delay=5', { text: '[continue:plain tokens=3] ' })
  const resumed = await resumeTurn(second, turn.conversationId)
  await expect.poll(() => resumed.text.length).toBeGreaterThan(300)
  await stack.server.kill()
  const killedAt = performance.now()
  await resumed.over
  expect(elapsed(killedAt)()).toBeLessThan(10_000)
  expect(resumed.isWhole).toBe(true)
  expect(resumed.end).toMatchObject({ status: 'interrupted', errorCode: 'interrupted' })
  const stored = await lastAnswer(second, turn.conversationId)
  expect(stored.text).toBe(resumed.text)

  const more = await continueTurn(second, turn.conversationId, stored.id)
  await more.over
  expect(more.end).toMatchObject({ status: 'complete' })
  await stack.server.start()
  expect((await lastAnswer(first, turn.conversationId)).text).toBe(more.text)
})

test('the same message to both at once: one answer, one call, both read it', async ({ stack, person }) => {
  for (let round = 0; round < 8; round++) {
    const message = `${uniqueWord()} [scenario:slow tokens=20 delay=5]`
    const ids = { conversationId: uuid(), messageId: uuid() }
    const sent = await Promise.all(
      [...clients(stack, person), ...clients(stack, person)].map((api) => api.send(message, ids)),
    )
    const answers = await Promise.all(sent.map(({ response }) => readTurn(response)))
    for (const events of answers) {
      expect(textOf(events)).toBe(numberedAnswer(20))
      expect(endOf(events)).toMatchObject({ status: 'complete' })
    }
    expect(new Set(answers.map((events) => endOf(events).id)).size).toBe(1)
    expect(callsFor(stack, { word: message })).toHaveLength(1)
    expect((await person.api.conversation(ids.conversationId)).messages).toHaveLength(2)
  }
})

test('two messages to one conversation at once, one on each: one is answered, the other has to wait', async ({
  stack,
  person,
}) => {
  const [first, second] = clients(stack, person)
  const { conversationId } = await first.createConversation('Hello')
  const { id: parentId } = await lastAnswer(first, conversationId)
  const word = uniqueWord()
  const sent = await Promise.all(
    [first, second].map((api) => api.send(`${word} [scenario:slow]`, { conversationId, parentId })),
  )
  expect(sent.map(({ response }) => response.status).sort()).toEqual([200, 409])
  await Promise.all(sent.map(({ response }) => response.text()))
  expect(callsFor(stack, { word })).toHaveLength(1)
})

test('a long silence of the provider: the other instance does not take the answer for abandoned', async ({
  stack,
  person,
}) => {
  const gate = uniqueWord()
  const [first] = clients(stack, person)
  const turn = await openTurn(first, `gated gate=${gate} before=5 tokens=20`)
  await expect.poll(elapsed(performance.now()), { timeout: 15_000 }).toBeGreaterThan(SILENT_MS + 3_000)
  stack.provider.stage.openGate(gate)
  await turn.over
  expect(turn.end).toMatchObject({ status: 'complete' })
  expect(turn.text).toBe(numberedAnswer(20))
})

for (const outage of ['stopped', 'frozen'] as const) {
  test(`the database ${outage} for longer than an answer may be silent: no instance ends what another one writes`, async ({
    stack,
    person,
  }) => {
    const gate = uniqueWord()
    const [first] = clients(stack, person)
    const turns = await openTurns(first, 5, `gated gate=${gate} before=5 tokens=20`)
    await expect.poll(() => turns.every(({ text }) => text === numberedAnswer(5))).toBe(true)
    // The other instance has seen them alive.
    await expect.poll(elapsed(performance.now())).toBeGreaterThan(2_500)
    if (outage === 'stopped') await stack.database.stop()
    else await stack.database.freeze()
    await expect.poll(elapsed(performance.now()), { timeout: 15_000 }).toBeGreaterThan(SILENT_MS + 2_000)
    if (outage === 'stopped') await stack.database.start()
    else stack.database.thaw()
    await expect.poll(elapsed(performance.now()), { timeout: 15_000 }).toBeGreaterThan(3_000)
    stack.provider.stage.openGate(gate)
    await Promise.all(turns.map(({ over }) => over))
    for (const turn of turns) {
      expect(turn.end).toMatchObject({ status: 'complete', errorCode: null })
      expect(turn.text).toBe(numberedAnswer(20))
      await waitForEnd(first, turn.conversationId)
    }
  })
}
