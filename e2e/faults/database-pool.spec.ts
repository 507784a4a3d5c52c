import { numberedAnswer } from '../provider/answers.ts'
import { errorOf } from '../support/api-client.ts'
import { uniqueWord } from '../support/conversation-page.ts'
import { openTurn, openTurns } from './support/open-turn.ts'
import { expect, test } from './support/test.ts'
import { callsFor, lastAnswer, takeTurn } from './support/turns.ts'

test.describe.configure({ mode: 'default' })

/** Of one server (lib/db/client.ts). */
const POOL_SIZE = 20

test('more running answers than connections: they hold none, and everything else goes on', async ({
  stack,
  person: { api },
}) => {
  const gate = uniqueWord()
  const turns = await openTurns(api, 3 * POOL_SIZE, `gated gate=${gate} before=5 tokens=50`)
  await expect.poll(() => turns.every(({ text }) => text === numberedAnswer(5))).toBe(true)
  const countBusy = async () => {
    const rows = await stack.database.query<{ busy: number }>(
      `SELECT count(*)::int AS busy FROM pg_stat_activity WHERE usename = 'stoa' AND state <> 'idle'`,
    )
    return rows[0]?.busy
  }
  // Their titles are being stored at first. What an answer held it would hold to its end, which has to be let come.
  await expect.poll(countBusy, { message: 'nothing but the one writer' }).toBeLessThanOrEqual(2)
  const turn = await takeTurn({ api }, 'plain')
  expect(turn.told).toMatchObject({ status: 'complete' })

  stack.provider.stage.openGate(gate)
  await Promise.all(turns.map(({ over }) => over))
  for (const each of turns) {
    expect(each.end).toMatchObject({ status: 'complete' })
    expect(each.text).toBe(numberedAnswer(50))
    expect((await lastAnswer(api, each.conversationId)).text).toBe(each.text)
  }
  const chunks = await stack.database.query('SELECT * FROM generation_chunk')
  expect(chunks, 'what was written on the way is folded away').toEqual([])
})

test('exhausted: new requests are told so within 2 s, running answers go on, nothing is paid', async ({
  stack,
  person: { api },
}) => {
  const known = await takeTurn({ api }, 'plain')
  const running = await openTurn(api, 'slow tokens=400 delay=10')
  await expect.poll(() => running.text.length).toBeGreaterThan(100)
  const lock = await stack.database.connect()
  await lock.query('BEGIN')
  // What every request reads first; held so, each of them keeps its connection.
  await lock.query('LOCK TABLE "user" IN ACCESS EXCLUSIVE MODE')
  const waiting = Array.from({ length: POOL_SIZE }, () => api.call('GET', '/api/conversations'))
  const blocked = async () => {
    const { rows } = await lock.query(`SELECT count(*)::int AS count FROM pg_locks WHERE NOT granted`)
    return rows[0].count
  }
  await expect.poll(blocked).toBeGreaterThanOrEqual(POOL_SIZE - 1)

  const word = uniqueWord()
  const begun = performance.now()
  const { response } = await api.send(word)
  // Besides what a turn takes when nothing is wrong: much of a second on a busy machine.
  expect(performance.now() - begun).toBeLessThan(2_000 + known.tookMs)
  expect(response.status).toBe(503)
  expect((await errorOf(response)).code).toBe('database_unavailable')
  expect(callsFor(stack, { word })).toHaveLength(0)

  await lock.query('ROLLBACK')
  await lock.end()
  for (const response of await Promise.all(waiting)) expect([200, 503]).toContain(response.status)
  await running.over
  expect(running.end).toMatchObject({ status: 'complete' })
  expect(running.text).toBe(numberedAnswer(400))
  expect((await lastAnswer(api, running.conversationId)).text).toBe(running.text)
})
