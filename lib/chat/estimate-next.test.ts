import { describe, expect, it } from 'vitest'
import type { ContextGauge } from './context-gauge.ts'
import { pricePerToken } from './cost.ts'
import { estimateNext } from './estimate-next.ts'

const gauge: ContextGauge = {
  model: { provider: 'openai', model: 'large' },
  ...{ contextWindow: 8000, budget: 2000, maxOutputTokens: 1000, tokenRatio: 1 },
  tokens: { prompt: 500, instructions: 50, summary: 100, messages: 350 },
  price: pricePerToken({ input: 2, cachedInput: 1, output: 10 }),
}

describe('the next request', () => {
  it('holds what the context holds and what is typed, as the model counts', () => {
    expect(estimateNext(gauge, 0, [])).toMatchObject({ tokens: 1000, typedTokens: 0, share: 0.5 })
    expect(estimateNext(gauge, 96, [])).toMatchObject({ tokens: 1100, typedTokens: 100 })
    expect(estimateNext({ ...gauge, tokenRatio: 2 }, 96, [])).toMatchObject({ tokens: 1200 })
    expect(estimateNext(gauge, 10_000, []).share).toBeGreaterThan(1)
  })

  it('costs its input and an answer like those before', () => {
    // 1000 at $2 and 400 at $10 for a million: 0.6 cents.
    expect(estimateNext(gauge, 0, []).cost).toBe(600_000)
    expect(estimateNext(gauge, 0, [9000, 100, 100, 100, 100, 600]).answerTokens).toBe(200)
    expect(estimateNext(gauge, 0, [5000]).answerTokens).toBe(1000)
    // What does not fit is not sent, and not paid for.
    expect(estimateNext(gauge, 10_000, []).cost).toBe(800_000)
  })

  it('has an unknown cost when the price is unknown', () => {
    expect(estimateNext({ ...gauge, price: null }, 0, []).cost).toBeNull()
  })
})
