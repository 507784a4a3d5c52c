import { afterEach, expect, it, vi } from 'vitest'
import { conversationByOwnClock } from './by-own-clock.ts'
import { chatApi } from './http-chat-api.ts'
import { readTurnStream } from './read-turn-stream.ts'
import { answer, generation, question, stored } from './testing/scripted-api.ts'

afterEach(() => vi.unstubAllGlobals())

/** By a server whose clock is an hour ahead. */
function limited(retryInSeconds: number | null) {
  const retryAt = new Date(Date.now() + 3_600_000 + (retryInSeconds ?? 0) * 1000).toISOString()
  const end = { status: 'failed', errorCode: 'rate_limited', retryAt, retryInSeconds } as const
  return stored(question('q1'), answer('a1', 'q1', end))
}

it('counts a wait from its arrival, whatever the clock of the server says', () => {
  const read = conversationByOwnClock(limited(60), Date.parse('2026-01-01T00:00:00.000Z'))
  expect(read.messages[1]).toMatchObject({ generation: { retryAt: '2026-01-01T00:01:00.000Z' } })
})

it('has nothing to wait for once the wait is over', () => {
  expect(conversationByOwnClock(limited(null)).messages[1]).toMatchObject({ generation: { retryAt: null } })
})

it('does so with every conversation that the server answers with', async () => {
  vi.stubGlobal('fetch', async () => Response.json(limited(60)))
  const answers = [
    await chatApi.read('c1'),
    await chatApi.openBranch('c1', 'q1'),
    await chatApi.removeMessage('c1', 'q1'),
    await chatApi.restoreMessage('c1', 'q1'),
  ]
  for (const { messages } of answers) {
    const last = messages.at(-1)
    const retryAt = last?.role === 'assistant' ? last.generation.retryAt : null
    expect(Date.parse(retryAt ?? '') - Date.now()).toBeGreaterThan(50_000)
    expect(Date.parse(retryAt ?? '') - Date.now()).toBeLessThanOrEqual(60_000)
  }
})

it('does so with the end of an answer that is followed', async () => {
  const end = { status: 'failed', errorCode: 'rate_limited', retryAt: '2020-01-01T00:00:00.000Z' } as const
  const data = generation({ ...end, retryInSeconds: 60 })
  const { body } = new Response(`data: ${JSON.stringify({ type: 'data-generation', data })}\n\n`)
  if (!body) throw new Error('There is one.')
  for await (const event of readTurnStream(body)) {
    const retryAt = event.type === 'end' ? event.generation.retryAt : null
    expect(Date.parse(retryAt ?? '') - Date.now()).toBeGreaterThan(50_000)
  }
  expect.assertions(1)
})
