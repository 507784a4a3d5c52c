import type { GenerationErrorCode } from '#lib/chat/generation-errors.ts'
import { expect, test } from './support/test.ts'
import { callsFor, expectHonest, expectNextTurn, takeTurn } from './support/turns.ts'

test.describe.configure({ mode: 'default' })

/** What the provider answers, what it is called, and how often it is asked. */
const refusals: [fault: string, scenario: string, code: GenerationErrorCode, calls: number][] = [
  ['a wrong key (401)', 'status code=401', 'wrong_key', 1],
  ['a key that may not (403)', 'forbidden', 'wrong_key', 1],
  ['an unknown model (404)', 'status code=404', 'model_not_found', 1],
  ['a rate limit (429)', 'status code=429', 'rate_limited', 1],
  ['a used up quota (429)', 'quota', 'quota_exhausted', 1],
  ['no credit (402)', 'status code=402', 'quota_exhausted', 1],
  ['a filtered question (400)', 'filter-question', 'content_filtered', 1],
  ['a request it does not understand (400)', 'bad-request', 'unexpected', 1],
  ['a fault of its own (500)', 'status code=500', 'provider_unavailable', 3],
  ['a gateway’s HTML (502)', 'html code=502', 'provider_unavailable', 3],
  ['an outage (503)', 'status code=503', 'provider_unavailable', 3],
  ['an overload (529)', 'overloaded', 'provider_unavailable', 3],
  ['a reset before the head', 'refuse', 'provider_unreachable', 3],
  ['an error event before the first token', 'error-first code=503', 'provider_unavailable', 3],
  ['a rate limit as an error event', 'error-first code=429', 'rate_limited', 1],
  ['HTML with status 200', 'html', 'invalid_response', 1],
  ['one JSON body for a stream', 'whole', 'invalid_response', 1],
]

for (const [fault, scenario, code, calls] of refusals) {
  test(`${fault}: ${code}, asked ${calls === 1 ? 'once' : `${calls} times`}`, async ({ stack, person }) => {
    const turn = await takeTurn(person, scenario)
    expect(turn.told).toMatchObject({ status: 'failed', errorCode: code, fallbackFrom: null })
    expect(turn.stored.text).toBe('')
    expect(turn.told).toMatchObject({ inputTokens: null, outputTokens: null })
    expectHonest(stack, turn)
    expect(callsFor(stack, turn)).toHaveLength(calls)
    await expectNextTurn(stack, person, turn)
  })
}

for (const seconds of [1, 7, 60, 3600]) {
  test(`a rate limit with Retry-After: ${seconds}: told at once, not waited for`, async ({
    stack,
    person,
  }) => {
    const before = Date.now()
    const turn = await takeTurn(person, `status code=429 retry-after=${seconds}`)
    expect(turn.tookMs).toBeLessThan(2000)
    expect(turn.told).toMatchObject({ status: 'failed', errorCode: 'rate_limited' })
    const retryAt = Date.parse(turn.told.retryAt ?? '')
    expect(retryAt).toBeGreaterThanOrEqual(before + seconds * 1000 - 100)
    expect(retryAt).toBeLessThanOrEqual(Date.now() + seconds * 1000 + 100)
    expectHonest(stack, turn)
    expect(callsFor(stack, turn)).toHaveLength(1)
    await expectNextTurn(stack, person, turn)
  })
}

test('an outage with Retry-After: not asked before that time', async ({ stack, person }) => {
  const turn = await takeTurn(person, 'status code=503 retry-after=30')
  expect(turn.told).toMatchObject({ status: 'failed', errorCode: 'provider_unavailable' })
  expect(turn.told.retryAt).not.toBeNull()
  expect(callsFor(stack, turn)).toHaveLength(1)
  await expectNextTurn(stack, person, turn)
})

test('an outage that passes: answered by the second or the third call, as if nothing had been', async ({
  stack,
  person,
}) => {
  for (const times of [1, 2]) {
    const turn = await takeTurn(person, `status code=503 times=${times}`)
    expect(turn.told).toMatchObject({ status: 'complete', errorCode: null, fallbackFrom: null })
    expectHonest(stack, turn)
    const calls = callsFor(stack, turn)
    expect(calls).toHaveLength(times + 1)
    const pauses = calls.slice(1).map((call, index) => call.time - (calls[index]?.time ?? 0))
    for (const pause of pauses) expect(pause).toBeLessThan(5000)
    await expectNextTurn(stack, person, turn)
  }
})

test('a conversation too long for the model: sent once more, with half of it', async ({ stack, person }) => {
  const first = await takeTurn(person, 'long characters=9000')
  const second = await takeTurn(person, 'plain', { after: first })
  const turn = await takeTurn(person, 'too-long limit=8000', { after: second })
  expect(turn.told).toMatchObject({ status: 'complete', errorCode: null })
  expectHonest(stack, turn)
  const sizes = callsFor(stack, turn).map(({ body }) => JSON.stringify(body.messages).length)
  expect(sizes).toHaveLength(2)
  expect(sizes[1]).toBeLessThan((sizes[0] ?? 0) / 2)
})

test('a message too long for the model by itself: said, after one more try', async ({ stack, person }) => {
  const turn = await takeTurn(person, 'too-long limit=10')
  expect(turn.told).toMatchObject({ status: 'failed', errorCode: 'context_too_long' })
  expectHonest(stack, turn)
  expect(callsFor(stack, turn)).toHaveLength(2)
  await expectNextTurn(stack, person, turn)
})
