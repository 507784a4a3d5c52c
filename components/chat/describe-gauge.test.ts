import { expect, it } from 'vitest'
import type { ContextGauge } from '#lib/chat/context-gauge.ts'
import { describeGauge } from './describe-gauge.ts'

const gauge: ContextGauge = {
  ...{ model: { provider: 'openai', model: 'large' }, contextWindow: 4000, budget: 2000 },
  ...{ tokens: { prompt: 500, instructions: 0, summary: 0, messages: 700 }, maxOutputTokens: 1000 },
  ...{ price: null, tokenRatio: 1 },
}
const next = { tokens: 1234, typedTokens: 34, share: 0.617, answerTokens: 400, cost: 600_000 }

it('says what the next message fills, with what, and what it costs; estimates say that they are', () => {
  expect(describeGauge(next, gauge)).toEqual({
    ...{ fill: 'With the next message the context is about 62 % full.', tone: 'calm' },
    parts: [
      { label: 'Persona prompt', tokens: '500' },
      { label: 'Messages', tokens: '700' },
      { label: 'What you write', tokens: 'about 34' },
    ],
    sentences: ['About 1,234 of 2,000 tokens.', 'It costs about $0.006, with an answer of about 400 tokens.'],
  })
  expect(describeGauge({ ...next, typedTokens: 0 }, gauge).parts).toHaveLength(2)
})

it.each([
  [0.75, 'calm', '75 %', ''],
  [0.76, 'near', '76 %', ' Older messages will be summarised soon.'],
  [1, 'near', '100 %', ' Older messages will be summarised soon.'],
  [1.4, 'full', '100 %', ' What is oldest is summarised or left out.'],
])('at a share of %d it is %s', (share, tone, percent, advice) => {
  const described = describeGauge({ ...next, share }, gauge)
  expect(described.tone).toBe(tone)
  expect(described.fill).toContain(percent)
  expect(described.sentences[0]).toBe(`About 1,234 of 2,000 tokens.${advice}`)
})

it('says when a cost is not known, and when there is none', () => {
  expect(describeGauge({ ...next, cost: null }, gauge).sentences.at(-1)).toBe('What it costs is not known.')
  expect(describeGauge({ ...next, cost: 0 }, gauge).sentences.at(-1)).toBe('It costs nothing.')
})
