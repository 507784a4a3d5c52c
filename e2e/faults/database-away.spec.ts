import { v7 as uuid } from 'uuid'
import { numberedAnswer } from '../provider/answers.ts'
import { errorOf, readTurn } from '../support/api-client.ts'
import { composer, uniqueWord } from '../support/conversation-page.ts'
import { openTurn } from './support/open-turn.ts'
import { expect, test } from './support/test.ts'
import { callsFor, endOf, expectNextTurn, lastAnswer, takeTurn } from './support/turns.ts'

test.describe.configure({ mode: 'default' })

/** What is refused has to be by then; besides what a turn takes when nothing is wrong: much of a second on a busy machine. */
const WITHIN_MS = 2_000

test('down at send: 503 in words within 2 s, nothing paid; sent again when it is back, answered once', async ({
  stack,
  person: { api },
}) => {
  const known = await takeTurn({ api }, 'plain')
  await stack.database.stop()
  const word = uniqueWord()
  const ids = { conversationId: uuid(), messageId: uuid() }
  const begun = performance.now()
  const { response } = await api.send(word, ids)
  expect(performance.now() - begun).toBeLessThan(WITHIN_MS + known.tookMs)
  expect(response.status).toBe(503)
  expect(await errorOf(response)).toMatchObject({
    code: 'database_unavailable',
    message: expect.stringMatching(/database is not available/),
    retryAfterSeconds: expect.any(Number),
  })
  for (const path of ['/api/conversations', `/api/conversations/${ids.conversationId}`, '/api/events']) {
    expect((await api.call('GET', path)).status, path).toBe(503)
  }
  await stack.database.start()
  expect(callsFor(stack, { word })).toHaveLength(0)

  const again = await api.send(word, ids)
  expect(again.response.status).toBe(200)
  expect(endOf(await readTurn(again.response))).toMatchObject({ status: 'complete' })
  expect(callsFor(stack, { word })).toHaveLength(1)
  expect((await api.conversation(ids.conversationId)).messages).toHaveLength(2)
})

test('frozen at send: 503 in words within 2 s, everywhere, nothing paid; sent again when it is back, answered once', async ({
  stack,
  person: { api, page },
}) => {
  const known = await takeTurn({ api }, 'plain')
  const word = uniqueWord()
  const ids = { conversationId: uuid(), messageId: uuid() }
  const ask = (method: string, path: string, json?: unknown) => () =>
    api.call(method, path, json === undefined ? {} : { json })
  const requests = {
    sending: async () => (await api.send(word, ids)).response,
    'the list': ask('GET', '/api/conversations'),
    'a conversation': ask('GET', `/api/conversations/${known.conversationId}`),
    stopping: ask('POST', `/api/chat/${known.conversationId}/stop`, {}),
    'the events': ask('GET', '/api/events'),
  }
  const openingAt = performance.now()
  await page.goto(`/chat/${known.conversationId}`)
  await expect(composer(page)).toBeVisible()
  const openedMs = performance.now() - openingAt
  await page.goto('about:blank')
  await stack.database.freeze()
  for (const [what, request] of Object.entries(requests)) {
    const begun = performance.now()
    const response = await request()
    expect(performance.now() - begun, what).toBeLessThan(WITHIN_MS + known.tookMs)
    expect(response.status, what).toBe(503)
    expect(await errorOf(response), what).toMatchObject({
      code: 'database_unavailable',
      message: expect.stringMatching(/database is not available/),
      retryAfterSeconds: expect.any(Number),
    })
  }
  const begun = performance.now()
  await page.goto(`/chat/${known.conversationId}`)
  await expect(page.getByRole('heading', { name: 'The page could not be made' })).toBeVisible()
  expect(performance.now() - begun, 'a page').toBeLessThan(2 * WITHIN_MS + openedMs)
  stack.database.thaw()
  expect(callsFor(stack, { word })).toHaveLength(0)

  const again = await api.send(word, ids)
  expect(again.response.status).toBe(200)
  expect(endOf(await readTurn(again.response))).toMatchObject({ status: 'complete' })
  expect(callsFor(stack, { word })).toHaveLength(1)
  expect((await api.conversation(ids.conversationId)).messages).toHaveLength(2)
})

test('frozen while a turn is being stored: 503 within 2 s; it goes on when it is stored, and is found by the same message', async ({
  stack,
  person: { api },
}) => {
  const word = uniqueWord()
  const ids = { conversationId: uuid(), messageId: uuid() }
  const other = await stack.database.connect()
  await other.query('BEGIN')
  // Reading goes on; the turn waits in its one write.
  await other.query('LOCK TABLE generation IN SHARE MODE')
  const sending = api.send(word, ids)
  const waiting = async () => (await other.query('SELECT 1 FROM pg_locks WHERE NOT granted')).rowCount
  await expect.poll(waiting).toBe(1)
  const frozenAt = performance.now()
  await stack.database.freeze()
  const { response } = await sending
  expect(performance.now() - frozenAt).toBeLessThan(WITHIN_MS)
  expect(response.status).toBe(503)
  expect((await errorOf(response)).code).toBe('database_unavailable')
  expect(callsFor(stack, { word })).toHaveLength(0)
  expect((await api.send(word, ids)).response.status, 'sent again, and still frozen').toBe(503)

  stack.database.thaw()
  await other.query('ROLLBACK')
  await other.end()
  await expect.poll(() => callsFor(stack, { word }).length, 'it goes on by itself').toBe(1)
  const again = await api.send(word, ids)
  expect(again.response.status).toBe(200)
  expect(endOf(await readTurn(again.response))).toMatchObject({ status: 'complete' })
  expect(callsFor(stack, { word })).toHaveLength(1)
  expect((await api.conversation(ids.conversationId)).messages).toHaveLength(2)
})

/** How the database goes in mid-stream, and comes back. */
const outages = ['stopped', 'killed', 'frozen'] as const

for (const outage of outages) {
  test(`${outage} in mid-stream and back: the answer goes on, readers are told, all of it is stored`, async ({
    stack,
    person,
  }) => {
    const { api } = person
    const turn = await openTurn(api, 'slow tokens=500 delay=10')
    await expect.poll(() => turn.text.length).toBeGreaterThan(300)
    expect(turn.storage).toEqual([])
    if (outage === 'stopped') await stack.database.stop()
    else if (outage === 'killed') await stack.database.kill()
    else await stack.database.freeze()
    const awayAt = performance.now()
    const before = turn.text.length
    await expect.poll(() => turn.storage).toEqual([false])
    expect(performance.now() - awayAt, 'told soon').toBeLessThan(4_000)
    await expect.poll(() => turn.text.length, 'it goes on').toBeGreaterThan(before + 200)
    if (outage === 'frozen') stack.database.thaw()
    else await stack.database.start()
    await turn.over
    expect(turn.storage).toEqual([false, true])
    expect(turn.end).toMatchObject({ status: 'complete', errorCode: null })
    expect(turn.text).toBe(numberedAnswer(500))
    const stored = await lastAnswer(api, turn.conversationId)
    expect(stored.text).toBe(turn.text)
    expect(stored.generation).toEqual(turn.end)
    const { conversationId, word, message } = turn
    const { end: told, events } = turn
    await expectNextTurn(stack, person, { conversationId, word, message, events, told, stored, tookMs: 0 })
  })
}

test('away for longer than the answer takes: the end is told when it is stored', async ({
  stack,
  person: { api },
}) => {
  const turn = await openTurn(api, 'slow tokens=60 delay=10')
  await expect.poll(() => turn.text.length).toBeGreaterThan(50)
  await stack.database.stop()
  const [call] = callsFor(stack, turn)
  await expect.poll(() => call?.closed?.by).toBe('provider')
  await expect.poll(() => Date.now() - (call?.closed?.time ?? 0)).toBeGreaterThan(3_000)
  expect(turn.text, 'all of it is shown').toBe(numberedAnswer(60))
  expect(turn.storage).toEqual([false])
  expect(turn.events.some(({ frame }) => frame.type === 'finish')).toBe(false)

  await stack.database.start()
  await turn.over
  expect(turn.end).toMatchObject({ status: 'complete' })
  const stored = await lastAnswer(api, turn.conversationId)
  expect(stored.text).toBe(turn.text)
  expect(stored.generation).toEqual(turn.end)
})

for (const mode of ['fast', 'immediate'] as const) {
  test(`restarted under idle connections (${mode}): the next request works`, async ({
    stack,
    person: { api },
  }) => {
    const { conversationId } = await api.createConversation('Hello')
    const read = () => api.call('GET', `/api/conversations/${conversationId}`)
    // As many connections as the pool has. Of all at once a busy machine may refuse some.
    const openConnections = async () => {
      await Promise.all(Array.from({ length: 40 }, read))
      const [row] = await stack.database.query<{ count: number }>(
        `SELECT count(*)::int FROM pg_stat_activity WHERE usename = 'stoa'`,
      )
      return row?.count
    }
    await expect.poll(openConnections).toBeGreaterThan(10)
    await stack.database.restart(mode)
    // None may be given a connection that has died, of which the pool would take the last first: one after the other they
    // would share a new one. Of ten new ones at once a busy machine is late with some.
    const responses = await Promise.all(Array.from({ length: 4 }, read))
    expect(responses.map(({ status }) => status)).toEqual(Array(4).fill(200))
    const turn = await takeTurn({ api }, 'plain')
    expect(turn.told).toMatchObject({ status: 'complete' })
  })
}
