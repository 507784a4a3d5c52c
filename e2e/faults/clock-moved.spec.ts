import { pathToFileURL } from 'node:url'
import { inProject } from '#scripts/launch/project.ts'
import { numberedAnswer } from '../provider/answers.ts'
import { ApiClient } from '../support/api-client.ts'
import { uniqueWord } from '../support/conversation-page.ts'
import { openTurn, resumeTurn } from './support/open-turn.ts'
import { expect, test } from './support/test.ts'
import { expectHonest, expectNextTurn, lastAnswer, takeTurn } from './support/turns.ts'

test.describe.configure({ mode: 'default' })

const HOUR_MS = 60 * 60_000
const preload = pathToFileURL(inProject('e2e/faults/support/shifted-clock.mjs')).href

test.use({
  stackOptions: {
    servers: [HOUR_MS, -HOUR_MS].map((shift) => ({
      NODE_OPTIONS: `--import=${preload}`,
      CLOCK_SHIFT_MS: String(shift),
    })),
  },
})

test('the clock of one server jumps an hour ahead, of another an hour back, in mid-stream: nothing ends, times are the database’s', async ({
  stack,
  person,
}) => {
  const gate = uniqueWord()
  const clients = stack.servers.map(({ origin }) => new ApiClient(origin, person.context))
  const turns = await Promise.all(
    clients.map((api) => openTurn(api, `gated gate=${gate} before=5 tokens=20`)),
  )
  await expect.poll(() => turns.every(({ text }) => text === numberedAnswer(5))).toBe(true)
  for (const server of stack.servers) server.signal('SIGUSR2')
  // Long enough for a sweeper that trusted its clock to have ended them.
  const movedAt = performance.now()
  await expect.poll(() => performance.now() - movedAt, { timeout: 15_000 }).toBeGreaterThan(7_000)

  for (const [index, api] of clients.entries()) {
    const before = Date.now()
    const turn = await takeTurn({ api }, 'status code=429 retry-after=30')
    expectHonest(stack, turn)
    const retryAt = Date.parse(turn.told.retryAt ?? '')
    expect(retryAt).toBeGreaterThanOrEqual(before + 29_000)
    expect(retryAt).toBeLessThanOrEqual(Date.now() + 31_000)
    await expectNextTurn(stack, { api }, turn)
    // The other one's, from this one.
    const other = turns[1 - index]
    if (!other) throw new Error('this needs two turns')
    const resumed = await resumeTurn(api, other.conversationId)
    await expect.poll(() => resumed.text).toBe(numberedAnswer(5))
  }
  for (const [index, shift] of [HOUR_MS, -HOUR_MS].entries()) {
    const lastLine = JSON.parse(stack.servers[index]?.output.trim().split('\n').at(-1) ?? '{}')
    const off = Date.parse(lastLine.time) - Date.now()
    expect(Math.abs(off - shift), 'the server’s own clock, by its log').toBeLessThan(60_000)
  }
  stack.provider.stage.openGate(gate)
  await Promise.all(turns.map(({ over }) => over))
  for (const turn of turns) {
    expect(turn.end).toMatchObject({ status: 'complete', errorCode: null })
    expect((await lastAnswer(person.api, turn.conversationId)).text).toBe(numberedAnswer(20))
    expect(turn.end.latencyMs).toBeGreaterThan(6_000)
    expect(turn.end.latencyMs).toBeLessThan(60_000)
  }
})
