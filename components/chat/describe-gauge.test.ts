import { expect, it } from 'vitest'
import { describeGauge } from './describe-gauge.ts'

it('says what the next message fills and costs, always as an estimate', () => {
  const next = { tokens: 1234, share: 0.617, answerTokens: 400, cost: 600_000 }
  expect(describeGauge(next, 2000)).toEqual([
    'The next message fills about 62 % of the context.',
    'About 1,234 of 2,000 tokens.',
    'It costs about $0.006, with an answer of about 400 tokens.',
  ])
  expect(describeGauge({ ...next, share: 1.4, tokens: 2800, cost: null }, 2000)).toEqual([
    'The next message fills about 100 % of the context.',
    'About 2,800 of 2,000 tokens. What is oldest is summarised or left out.',
    'What it costs is not known.',
  ])
  expect(describeGauge({ ...next, cost: 0 }, 2000).at(-1)).toBe('It costs nothing.')
})
