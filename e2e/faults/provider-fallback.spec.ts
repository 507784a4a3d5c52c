import type { GenerationErrorCode } from '#lib/chat/generation-errors.ts'
import { ApiClient } from '../support/api-client.ts'
import type { FaultStack } from './support/fault-stack.ts'
import { expect, test } from './support/test.ts'
import { callsFor, expectHonest, expectNextTurn, type FinishedTurn, takeTurn } from './support/turns.ts'

test.describe.configure({ mode: 'default' })

const [MAIN, FALLBACK] = ['scripted-main', 'scripted-fallback']

test.use({
  stackOptions: {
    servers: [
      {
        OPENAI_FALLBACK_MODEL: FALLBACK,
        PROVIDER_HEADERS_TIMEOUT_SECONDS: '0.5',
        PROVIDER_FIRST_TOKEN_TIMEOUT_SECONDS: '0.8',
      },
    ],
  },
})

function askedModels(stack: FaultStack, turn: FinishedTurn): string[] {
  return callsFor(stack, turn).map(({ body }) => body.model)
}

/** What fails with the main model, and how often that is asked before the other one is. */
const survivable: [fault: string, scenario: string, calls: number][] = [
  ['an unknown model (404)', 'status code=404 times=1', 1],
  ['a rate limit (429)', 'status code=429 retry-after=60 times=1', 1],
  ['a used up quota', 'quota times=1', 1],
  ['an outage (503)', 'status code=503 times=3', 3],
  ['no connection', 'refuse times=3', 3],
  ['no head', 'silent times=1', 1],
  ['no first token', 'stall tokens=0 times=1', 1],
  ['an empty answer', 'empty times=1', 1],
  ['HTML with status 200', 'html times=1', 1],
]

for (const [fault, scenario, calls] of survivable) {
  test(`${fault}: the fallback answers, and is named`, async ({ stack, person }) => {
    const turn = await takeTurn(person, scenario)
    expect(turn.told).toMatchObject({ status: 'complete', model: FALLBACK, fallbackFrom: MAIN })
    expectHonest(stack, turn)
    expect(askedModels(stack, turn)).toEqual([...Array<string>(calls).fill(MAIN), FALLBACK])
    // Answered by the main model, whose failures in a row begin anew.
    await expectNextTurn(stack, person, turn)
  })
}

/** What no other model would survive, or has begun to answer. */
const final: [fault: string, scenario: string, code: GenerationErrorCode][] = [
  ['a wrong key', 'status code=401', 'wrong_key'],
  ['a filtered question', 'filter-question', 'content_filtered'],
  ['a reset in mid-stream', 'reset tokens=3 delay=5', 'interrupted'],
]

for (const [fault, scenario, code] of final) {
  test(`${fault}: the fallback is not asked`, async ({ stack, person }) => {
    const turn = await takeTurn(person, scenario)
    expect(turn.told).toMatchObject({ errorCode: code, model: MAIN, fallbackFrom: null })
    expectHonest(stack, turn)
    expect(askedModels(stack, turn)).toEqual([MAIN])
    await expectNextTurn(stack, person, turn)
  })
}

test('both fail: the fallback is asked once, and what it said is told', async ({ stack, person }) => {
  const turn = await takeTurn(person, 'status code=404')
  expect(turn.told).toMatchObject({ status: 'failed', errorCode: 'model_not_found', model: FALLBACK })
  expect(askedModels(stack, turn)).toEqual([MAIN, FALLBACK])
  expectHonest(stack, turn)
  await expectNextTurn(stack, person, turn)
})

// Last: it leaves the main model's circuit open.
test('five failures in a row: the main model is left alone, the fallback answers at once', async ({
  stack,
  person,
}) => {
  for (let count = 0; count < 5; count++) {
    const turn = await takeTurn(person, 'status code=404 times=1')
    expect(askedModels(stack, turn)).toEqual([MAIN, FALLBACK])
  }
  const turn = await takeTurn(person, 'plain')
  expect(turn.told).toMatchObject({ status: 'complete', model: FALLBACK, fallbackFrom: MAIN })
  expect(askedModels(stack, turn)).toEqual([FALLBACK])
  expectHonest(stack, turn)
})

test('five failures in a row without a fallback: the sixth call is not made, and the reason told is the last one', async ({
  stack,
  person,
}) => {
  const server = await stack.addServer()
  const here = { api: new ApiClient(server.origin, person.context) }
  for (let count = 0; count < 5; count++) {
    const turn = await takeTurn(here, 'status code=404')
    expect(askedModels(stack, turn)).toEqual([MAIN])
  }
  const turn = await takeTurn(here, 'plain')
  expect(turn.told).toMatchObject({ status: 'failed', errorCode: 'model_not_found' })
  expect(askedModels(stack, turn)).toEqual([])
  expectHonest(stack, turn)
})
