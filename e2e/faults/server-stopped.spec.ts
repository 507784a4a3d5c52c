import { numberedAnswer } from '../provider/answers.ts'
import { errorOf } from '../support/api-client.ts'
import { continueTurn, openTurn } from './support/open-turn.ts'
import { expect, test } from './support/test.ts'
import { callsFor, lastAnswer } from './support/turns.ts'

test.describe.configure({ mode: 'default' })

test('SIGTERM with a reader: a short answer is read to its end, and no new turn begins', async ({
  stack,
  person: { api },
}) => {
  const turn = await openTurn(api, 'slow tokens=200 delay=10')
  await expect.poll(() => turn.text).not.toBe('')
  const { ended } = stack.server
  const stopped = stack.server.stop()
  await expect.poll(async () => (await api.send('Too late')).response.status, { intervals: [50] }).toBe(503)
  const refused = await api.send('Too late')
  expect(await errorOf(refused.response)).toMatchObject({
    code: 'shutting_down',
    message: expect.stringContaining('restarting'),
    retryAfterSeconds: expect.any(Number),
  })
  const ready = await api.call('GET', '/api/ready')
  expect(ready.status).toBe(503)
  expect(await ready.json()).toMatchObject({ reasons: [{ check: 'draining' }] })
  expect((await api.call('GET', '/api/health')).status, 'it still serves').toBe(200)
  await turn.over
  expect(turn.isWhole).toBe(true)
  expect(turn.end).toMatchObject({ status: 'complete' })
  expect(turn.text).toBe(numberedAnswer(200))
  await stopped
  expect(await ended).toBe('exit 0')

  await stack.server.start()
  expect((await lastAnswer(api, turn.conversationId)).text).toBe(turn.text)
})

test('SIGTERM without readers: a short answer is written to its end', async ({ stack, person: { api } }) => {
  const leaving = new AbortController()
  const turn = await openTurn(api, 'slow tokens=200 delay=10', { signal: leaving.signal })
  await expect.poll(() => turn.text).not.toBe('')
  leaving.abort()
  await turn.over
  const { ended } = stack.server
  await stack.server.stop()
  expect(await ended).toBe('exit 0')
  expect(callsFor(stack, turn)[0]?.closed?.by).toBe('provider')

  await stack.server.start()
  const stored = await lastAnswer(api, turn.conversationId)
  expect(stored.generation).toMatchObject({ status: 'complete', errorCode: null })
  expect(stored.text).toBe(numberedAnswer(200))
})

test('SIGTERM with an answer that takes longer: told and stored as interrupted with all of its text, continued', async ({
  stack,
  person: { api },
}) => {
  const turn = await openTurn(api, 'slow tokens=2000 delay=20', { text: '[continue:plain tokens=3] ' })
  await expect.poll(() => turn.text).not.toBe('')
  const { ended } = stack.server
  const begun = performance.now()
  await stack.server.stop()
  expect(performance.now() - begun, 'before Docker would kill it').toBeLessThan(10_000)
  expect(await ended).toBe('exit 0')
  await turn.over
  expect(turn.isWhole).toBe(true)
  expect(turn.end).toMatchObject({ status: 'interrupted', errorCode: 'interrupted' })

  await stack.server.start()
  const stored = await lastAnswer(api, turn.conversationId)
  expect(stored.generation).toEqual(turn.end)
  expect(stored.text).toBe(turn.text)
  const more = await continueTurn(api, turn.conversationId, stored.id)
  await more.over
  expect(more.end).toMatchObject({ status: 'complete' })
})
