import type { GenerationErrorCode } from '#lib/chat/generation-errors.ts'
import { numberedAnswer, plainAnswer, unicodeAnswer } from '../provider/answers.ts'
import { expect, test } from './support/test.ts'
import { callsFor, expectHonest, expectNextTurn, historyOf, takeTurn } from './support/turns.ts'

test.describe.configure({ mode: 'default' })

const LIMITS_MS = { headers: 1000, firstToken: 1500, stall: 1000 }

test.use({
  stackOptions: {
    servers: [
      {
        PROVIDER_HEADERS_TIMEOUT_SECONDS: String(LIMITS_MS.headers / 1000),
        PROVIDER_FIRST_TOKEN_TIMEOUT_SECONDS: String(LIMITS_MS.firstToken / 1000),
        PROVIDER_STALL_TIMEOUT_SECONDS: String(LIMITS_MS.stall / 1000),
      },
    ],
  },
})

/** What breaks an answer off after six words, which stay. */
const brokenOff: [fault: string, scenario: string, status: string, code: GenerationErrorCode | null][] = [
  ['a reset in mid-stream', 'reset tokens=6 delay=5', 'interrupted', 'interrupted'],
  ['a connection closed in mid-stream', 'hang-up tokens=6 delay=5', 'interrupted', 'interrupted'],
  ['an end without a finish reason', 'cut tokens=6', 'interrupted', 'interrupted'],
  ['an error event in mid-stream', 'error-event tokens=6', 'interrupted', 'interrupted'],
  ['a stall in mid-stream', 'stall tokens=6 delay=5', 'interrupted', 'timed_out'],
  ['a malformed frame', 'malformed tokens=6', 'failed', 'invalid_response'],
  ['the filter in mid-stream', 'filter tokens=6', 'failed', 'content_filtered'],
  ['the length limit', 'length tokens=6', 'truncated', null],
]

for (const [fault, scenario, status, code] of brokenOff) {
  test(`${fault}: ${code ?? status}, what was shown is kept, asked once`, async ({ stack, person }) => {
    const turn = await takeTurn(person, scenario)
    expect(turn.told).toMatchObject({ status, errorCode: code })
    expect(turn.stored.text).toBe(numberedAnswer(6))
    expectHonest(stack, turn)
    expect(callsFor(stack, turn), 'what was read is never begun anew').toHaveLength(1)
    await expectNextTurn(stack, person, turn)
  })
}

/** Where a provider falls silent, and the limit that ends it. */
const silences: [fault: string, scenario: string, limitMs: number][] = [
  ['no head', 'silent', LIMITS_MS.headers],
  ['no first token', 'stall tokens=0', LIMITS_MS.firstToken],
]

for (const [fault, scenario, limitMs] of silences) {
  test(`${fault}: timed out by its own limit, not stopped`, async ({ stack, person }) => {
    const turn = await takeTurn(person, scenario)
    expect(turn.told).toMatchObject({ status: 'failed', errorCode: 'timed_out' })
    expect(turn.tookMs).toBeGreaterThanOrEqual(limitMs - 20)
    expectHonest(stack, turn)
    const calls = callsFor(stack, turn)
    expect(calls).toHaveLength(1)
    await expect.poll(() => calls[0]?.closed?.by, 'the call is given up').toBe('client')
    await expectNextTurn(stack, person, turn)
  })
}

test('a slow answer whose every token comes in time is no stall', async ({ stack, person }) => {
  const turn = await takeTurn(person, 'slow tokens=5 delay=600')
  expect(turn.tookMs).toBeGreaterThan(LIMITS_MS.firstToken)
  expect(turn.told).toMatchObject({ status: 'complete' })
  await expectNextTurn(stack, person, turn)
})

for (const [fault, scenario] of [
  ['an empty answer', 'empty'],
  ['reasoning and no answer', 'reasoning'],
]) {
  test(`${fault}: said, and no part of the history`, async ({ stack, person }) => {
    const turn = await takeTurn(person, String(scenario))
    expect(turn.told).toMatchObject({ status: 'failed', errorCode: 'empty_answer' })
    expectHonest(stack, turn)
    await expectNextTurn(stack, person, turn)
  })
}

/** What looks wrong on the wire and is not. */
const harmless: [fault: string, scenario: string, answer: (message: string) => string][] = [
  ['UTF-8 cut between bytes', 'split', () => unicodeAnswer],
  ['CRLF and comments', 'crlf', plainAnswer],
  ['a wrong content type', 'mislabelled', plainAnswer],
  ['a wrong content type (text/html)', 'mislabelled type=text/html', plainAnswer],
]

for (const [fault, scenario, answer] of harmless) {
  test(`${fault}: read as it is`, async ({ stack, person }) => {
    const turn = await takeTurn(person, scenario)
    expect(turn.told).toMatchObject({ status: 'complete', errorCode: null })
    expect(turn.stored.text).toBe(answer(turn.message))
    expectHonest(stack, turn)
    await expectNextTurn(stack, person, turn)
  })
}

test('no usage: the tokens are unknown, not 0', async ({ stack, person }) => {
  const turn = await takeTurn(person, 'no-usage')
  expect(turn.told).toMatchObject({ status: 'complete', inputTokens: null, outputTokens: null })
  expectHonest(stack, turn)
  const rows = await stack.database.query<{ columns: unknown }>(
    `SELECT ARRAY["inputTokens", "outputTokens", "cachedInputTokens", "reasoningTokens"] AS columns
     FROM generation WHERE id = $1`,
    [turn.told.id],
  )
  expect(rows).toEqual([{ columns: [null, null, null, null] }])
  await expectNextTurn(stack, person, turn)
})

test('an answer over 1 MB: cut off at the provider, what fits is kept', async ({ stack, person }) => {
  const turn = await takeTurn(person, 'endless')
  expect(turn.told).toMatchObject({ status: 'truncated', errorCode: null })
  expect(turn.stored.text.length).toBeGreaterThan(950_000)
  expect(turn.stored.text.length).toBeLessThanOrEqual(1_000_000)
  expectHonest(stack, turn)
  const [call] = callsFor(stack, turn)
  await expect.poll(() => call?.closed?.by, 'the socket is closed from this side').toBe('client')

  // It fits no window: the next turn is sent its beginning and its end, with a mark between them.
  const next = await takeTurn(person, 'plain', { after: turn })
  expect(next.told).toMatchObject({ status: 'complete' })
  expect(historyOf(callsFor(stack, next)[0])).toEqual([
    { role: 'user', content: turn.message },
    { role: 'assistant', content: expect.stringMatching(/\[… [\d,]+ characters were left out here/) },
    { role: 'user', content: next.message },
  ])
})
