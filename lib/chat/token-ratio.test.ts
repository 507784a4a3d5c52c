import { expect, test } from 'vitest'
import { isPlausible, tokenRatio } from './token-ratio.ts'

test.each([
  'gpt-4o',
  'gpt-4.1-mini',
  'gpt-5.4-nano',
  'openai/gpt-4o-2024-08-06',
  'o3',
  'o4-mini',
  'gpt-oss:20b',
])('%s is counted with its own tokenizer', (model) => {
  expect(tokenRatio(model, undefined)).toBe(1)
})

test.each(['claude-sonnet-5', 'llama3.2', 'gpt-4-turbo', 'openai/o', 'mistral-large'])(
  'for %s a quarter more is assumed until it reports',
  (model) => {
    expect(tokenRatio(model, undefined)).toBe(1.25)
  },
)

test('what is reported soon outweighs what was assumed', () => {
  expect(tokenRatio('claude-sonnet-5', { counted: 500, reported: 500 })).toBe(1.15)
  expect(tokenRatio('claude-sonnet-5', { counted: 100_000, reported: 110_000 })).toBe(1.1)
  expect(tokenRatio('gpt-4o', { counted: 100_000, reported: 101_000 })).toBe(1)
})

test('it stays within what a tokenizer can differ by', () => {
  expect(tokenRatio('odd', { counted: 1e6, reported: 1 })).toBe(0.5)
  expect(tokenRatio('odd', { counted: 1e6, reported: 1e9 })).toBe(3)
})

test('a report that no tokenizer can give says nothing', () => {
  expect(isPlausible({ counted: 1000, reported: 1200 })).toBe(true)
  expect(isPlausible({ counted: 1000, reported: 0 })).toBe(false)
  expect(isPlausible({ counted: 1000, reported: 9000 })).toBe(false)
  expect(isPlausible({ counted: 0, reported: 0 })).toBe(false)
})
