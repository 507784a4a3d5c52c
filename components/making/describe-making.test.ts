import { describe, expect, it } from 'vitest'
import type { GenerationCall } from '#lib/chat/generation-call.ts'
import type { GenerationMaking } from '#lib/chat/generation-making.ts'
import {
  asTheModelCounts,
  describeNotSent,
  describeState,
  partsOf,
  timelineOf,
  tokensOf,
} from './describe-making.ts'

const call: GenerationCall = {
  ...{ provider: 'openai', model: 'large', sentAtMs: 4, firstTokenAtMs: 90, endedAtMs: 400 },
  ...{ outcome: 'complete', maxOutputTokens: 500, temperature: null, adaptations: [], isRebuilt: false },
  ...{ inputTokens: 80, outputTokens: 9, cachedInputTokens: null, reasoningTokens: null, cost: 120_000 },
}

const making: GenerationMaking = {
  run: {
    ...{ id: 'run', status: 'complete', errorCode: null, retryAt: null, retryInSeconds: null },
    ...{ persona: 'stoic', intensity: 'medium', provider: 'openai', model: 'large', fallbackFrom: null },
    ...{ inputTokens: 80, outputTokens: 9, timeToFirstTokenMs: 90, latencyMs: 400 },
  },
  runs: [{ id: 'run', startedAt: '2026-11-26T17:00:00Z' }],
  ...{ state: 'kept', budget: 1000, tokenRatio: 2, totalTokens: 110, request: {}, calls: [call] },
  prompt: { hash: 'h', tokens: 60, text: 'Be kind.', fragments: [] },
  instructions: { tokens: 10, text: 'I am Ada.' },
  folder: null,
  ...{ summary: null, continuation: null, leftOut: [], overBudget: null, clearedThroughId: null },
  messages: [{ id: 'm', role: 'user', tokens: 32, text: 'Hello', isCut: false }],
  ...{ cachedInputTokens: null, reasoningTokens: null, cost: 120_000 },
}

describe('the parts of a request', () => {
  it('add up to the whole, as the model counts, with what is left of the budget', () => {
    const counted = asTheModelCounts(making)
    const { parts, free } = partsOf(counted)
    expect(parts).toEqual([
      { key: 'prompt', label: 'Persona prompt', tokens: 120 },
      { key: 'instructions', label: 'Your instructions', tokens: 20 },
      { key: 'messages', label: '1 message', tokens: 64 },
      { key: 'framing', label: 'Roles and separators', tokens: 16 },
    ])
    expect([counted.totalTokens, free]).toEqual([220, 780])
  })
})

describe('what an answer is said to be made of', () => {
  it('claims that nothing was sent where nothing was, and says what is not known', () => {
    expect(describeState(making)).toBeNull()
    expect(describeState({ ...making, request: null })).toContain('cannot be made again')
    expect(describeState({ ...making, state: 'before' })).toContain('older than')
    const run = { ...making.run, status: 'failed' as const, errorCode: 'provider_unavailable' }
    expect(describeState({ ...making, run, state: 'nothing', calls: [], request: null })).toBe(
      'No model was asked, so nothing was sent. The provider is out of order or overloaded. What follows had been prepared.',
    )
    expect(describeState({ ...making, run: { ...making.run, provider: 'demo' }, request: null })).toBeNull()
  })

  it('names what neither was sent nor is named on its own', () => {
    expect(describeNotSent(making)).toEqual([])
    const range = { fromId: 'a', throughId: 'b', messages: 3, tokens: 4000 }
    expect(describeNotSent({ ...making, overBudget: range, clearedThroughId: 'c' })).toEqual([
      'What came before the place where the context started afresh was not sent.',
      'The oldest 3 messages after that did not fit (4,000 tokens).',
    ])
  })
})

describe('the time line', () => {
  it('tells the calls in their order: retries, the fallback, adaptations, each end', () => {
    const refused = { ...call, sentAtMs: 3, firstTokenAtMs: null, endedAtMs: 20, outcome: 'rate_limited' }
    const again = { ...refused, sentAtMs: 30, endedAtMs: 40, cost: null }
    const other = { ...call, sentAtMs: 50, model: 'small', adaptations: ['drop_temperature'] }
    expect(timelineOf({ calls: [refused, again, other] })).toEqual([
      { atMs: 0, what: 'Queued' },
      { atMs: 3, what: 'Request sent to large' },
      { atMs: 20, what: 'Failed: The provider is receiving too many requests' },
      { atMs: 30, what: 'Sent again to large', note: 'Its cost is unknown.' },
      { atMs: 40, what: 'Failed: The provider is receiving too many requests' },
      {
        ...{ atMs: 50, what: 'Asked in its place: small' },
        note: 'Without temperature, which it refuses. Cost $0.0012.',
      },
      { atMs: 90, what: 'First token' },
      { atMs: 400, what: 'Last token' },
    ])
  })
})

describe('tokens', () => {
  it('are unknown when they were not reported, never none', () => {
    expect(tokensOf(null, 5, 'cached')).toBe('unknown')
    expect(tokensOf(1234, 200, 'cached')).toBe('1,234, 200 of them cached')
    expect(tokensOf(0, null, 'cached')).toBe('0')
  })
})
