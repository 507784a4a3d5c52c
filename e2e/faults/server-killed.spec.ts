import { v7 as uuid } from 'uuid'
import { numberedAnswer } from '../provider/answers.ts'
import { readTurn } from '../support/api-client.ts'
import { continueTurn, openTurn, openTurns } from './support/open-turn.ts'
import { expect, test } from './support/test.ts'
import { callsFor, endOf, lastAnswer, waitForEnd } from './support/turns.ts'

test.describe.configure({ mode: 'default' })

/** From the next start on, until what a killed server left is told as interrupted. */
const WITHIN = { timeout: 10_000 }

test('kill -9 in mid-answer: what was shown a second before is kept, interrupted, continued', async ({
  stack,
  person: { api },
}) => {
  const turn = await openTurn(api, 'slow tokens=2000 delay=5', { text: '[continue:plain tokens=3] ' })
  const openedAt = performance.now()
  await expect.poll(() => performance.now() - openedAt).toBeGreaterThan(2000)
  const killedAt = performance.now()
  await stack.server.kill()
  await turn.over
  expect(turn.isWhole).toBe(false)
  const shown = turn.textUntil(killedAt - 1000)
  expect(shown.length).toBeGreaterThan(100)

  await stack.server.start()
  await waitForEnd(api, turn.conversationId, WITHIN)
  const broken = await lastAnswer(api, turn.conversationId)
  expect(broken.generation).toMatchObject({ status: 'interrupted', errorCode: 'interrupted' })
  expect(broken.text.startsWith(shown), 'what was shown a second before').toBe(true)
  expect(numberedAnswer(2000).startsWith(broken.text), 'nothing but the answer').toBe(true)
  expect(callsFor(stack, turn), 'nobody asks again unasked').toHaveLength(1)

  const more = await continueTurn(api, turn.conversationId, broken.id)
  await more.over
  expect(more.end).toMatchObject({ status: 'complete' })
  const whole = await lastAnswer(api, turn.conversationId)
  expect(whole.id).toBe(broken.id)
  expect(whole.text.startsWith(broken.text)).toBe(true)
  expect(whole.text.length).toBeGreaterThan(broken.text.length)
})

test('kill -9 before the first token: failed, and the same message sent again is not paid twice', async ({
  stack,
  person: { api },
}) => {
  const turn = await openTurn(api, 'stall tokens=0')
  await expect.poll(() => callsFor(stack, turn)).toHaveLength(1)
  await stack.server.kill()
  await stack.server.start()
  await waitForEnd(api, turn.conversationId, WITHIN)
  const again = await api.send(turn.message, turn)
  expect(again.response.status).toBe(200)
  expect(endOf(await readTurn(again.response))).toMatchObject({ status: 'failed', errorCode: 'interrupted' })
  expect((await api.conversation(turn.conversationId)).messages).toHaveLength(2)
  expect(callsFor(stack, turn)).toHaveLength(1)

  stack.provider.stage.arrange(turn.word, 'plain')
  const { conversationId, messageId: parentId } = turn
  const json = { conversationId, parentId, answerId: uuid() }
  const retried = await readTurn(await api.call('POST', '/api/chat', { json }))
  expect(endOf(retried)).toMatchObject({ status: 'complete' })
})

test('kill -9 while many answers are written: every one of them ends', async ({ stack, person: { api } }) => {
  const turns = await openTurns(api, 12, 'slow tokens=2000 delay=5')
  await expect.poll(() => Math.min(...turns.map(({ text }) => text.length))).toBeGreaterThan(200)
  const killedAt = performance.now()
  await stack.server.kill()
  await Promise.all(turns.map(({ over }) => over))
  await stack.server.start()
  for (const turn of turns) {
    await waitForEnd(api, turn.conversationId, WITHIN)
    const { generation, text } = await lastAnswer(api, turn.conversationId)
    expect(generation.status).toBe(text === '' ? 'failed' : 'interrupted')
    expect(text.startsWith(turn.textUntil(killedAt - 1000))).toBe(true)
    expect(numberedAnswer(2000).startsWith(text)).toBe(true)
  }
  const rows = await stack.database.query('SELECT FROM generation_chunk')
  expect(rows, 'the log of a generation that ended is empty').toHaveLength(0)
})
