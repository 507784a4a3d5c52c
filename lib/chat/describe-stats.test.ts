import { expect, it } from 'vitest'
import type { ContextGauge } from '#lib/chat/context-gauge.ts'
import type { ConversationStats } from '#lib/chat/conversation-stats.ts'
import { contextFill, describeStats } from './describe-stats.ts'

const stats: ConversationStats = {
  ...{ createdAt: '2026-11-26T10:00:00.000Z', messages: 1204, otherMessages: 0, messagesSinceClear: null },
  ...{ summaryVersion: null, calls: 10, inputTokens: 120_000, cachedInputTokens: 0, outputTokens: 9_000 },
  ...{ callsWithoutTokens: 0, cost: 123_000_000, callsWithoutCost: 0 },
}

const gauge: ContextGauge = {
  ...{ model: { provider: 'openai', model: 'big' }, contextWindow: 128_000, budget: 100_000, price: null },
  ...{ tokens: { prompt: 1_000, instructions: 200, summary: 800, messages: 23_000 } },
  ...{ maxOutputTokens: 8_000, tokenRatio: 1 },
}

function lines(change: Partial<ConversationStats> = {}) {
  const described = describeStats({ ...stats, ...change }, contextFill(gauge))
  return Object.fromEntries(
    described.map(({ label, value, note }) => [label, note ? `${value} (${note})` : value]),
  )
}

it('says what is known', () => {
  expect(lines()).toEqual({
    ...{
      Model: 'big',
      Context: '25 % full (25,000 of 100,000 tokens)',
      Messages: '1,204',
      Summary: 'None',
      Since: '26 November 2026',
    },
    ...{ 'Tokens sent': '120,000', 'Tokens received': '9,000', Cost: '$1.23' },
  })
})

it('says what else there is', () => {
  expect(
    lines({ otherMessages: 4, messagesSinceClear: 6, summaryVersion: 3, cachedInputTokens: 70_000 }),
  ).toMatchObject({
    ...{
      Messages: '1,204 (6 since the context started afresh, 4 more in other versions)',
      Summary: 'Version 3',
    },
    'Tokens sent': '120,000 (70,000 of them cached)',
  })
})

it('never takes what is not known for nothing', () => {
  expect(lines({ callsWithoutCost: 2, callsWithoutTokens: 1 })).toMatchObject({
    ...{
      Cost: '$1.23 (unknown for 2 of 10 calls)',
      'Tokens sent': '120,000 (not reported for 1 of 10 calls)',
    },
  })
  expect(lines({ cost: 0, callsWithoutCost: 10, inputTokens: 0, callsWithoutTokens: 10 })).toMatchObject({
    ...{ Cost: 'unknown', 'Tokens sent': 'unknown' },
  })
  expect(lines({ cost: 0, calls: 0, inputTokens: 0, outputTokens: 0 })).toMatchObject({
    Cost: '$0',
    'Tokens sent': '0',
  })
})
