import { expect, test } from 'vitest'
import { contextWindow, outputLimit, priceOf } from './model-catalogue.ts'

test.each([
  ['openai', 'gpt-4o-mini', 128_000],
  ['openai', 'openai/gpt-4.1-nano', 1_000_000],
  ['openai', 'gpt-4', 8_192],
  ['openai', 'gpt-5.4-mini', 272_000],
  ['anthropic', 'claude-sonnet-5', 1_000_000],
  ['anthropic', 'claude-sonnet-4-5', 200_000],
  ['openai', 'something-else', 32_000],
  ['ollama', 'gpt-oss:20b', 4_096],
] as const)('%s %s has %i tokens', (provider, model, tokens) => {
  expect(contextWindow(provider, model)).toBe(tokens)
})

test.each([
  ['gpt-5.4-mini', 128_000, 8_000],
  ['gpt-4', 8_192, 4_096],
  ['openai/gpt-4-turbo', 128_000, 4_096],
] as const)('%s with a window of %i is asked for at most %i', (model, window, tokens) => {
  expect(outputLimit(model, window, 8_000)).toBe(tokens)
})

test.each([
  ['openai', 'gpt-5.4-mini', { input: 75, cachedInput: 7.5, output: 450 }],
  ['openai', 'openai/gpt-4o-mini-2024-07-18', { input: 15, cachedInput: 7.5, output: 60 }],
  ['anthropic', 'claude-haiku-4-5-20251001', { input: 100, cachedInput: 10, output: 500 }],
  ['openai', 'anthropic/claude-haiku-4.5', { input: 100, cachedInput: 10, output: 500 }],
  ['demo', 'demo', { input: 0, cachedInput: 0, output: 0 }],
  ['ollama', 'qwen3:4b', { input: 0, cachedInput: 0, output: 0 }],
] as const)('%s %s costs %o microcents a token', (provider, model, price) => {
  expect(priceOf(provider, model)).toEqual(price)
})

test.each([
  'something-else',
  'gpt-5.4-pro',
  'gpt-5.4-mini-fast',
  'gpt-5.4-mini:batch',
  'claude-sonnet-5-7',
  'constructor',
])('what %s costs is not known, which is not nothing', (model) => expect(priceOf('openai', model)).toBeNull())

test('configured prices count before known ones, by the name with or without its maker', () => {
  const configured = {
    'scripted-main': { input: 1, cachedInput: 0.5, output: 2 },
    'gpt-5.4': { input: 9, cachedInput: 9, output: 9 },
    'qwen3:4b': { input: 3, cachedInput: 3, output: 3 },
  }
  expect(priceOf('openai', 'maker/scripted-main', configured)).toEqual({
    input: 100,
    cachedInput: 50,
    output: 200,
  })
  expect(priceOf('openai', 'gpt-5.4', configured)?.input).toBe(900)
  expect(priceOf('openai', 'gpt-5.4-mini', configured)?.input).toBe(75)
  expect(priceOf('ollama', 'qwen3:4b', configured)?.input).toBe(300)
})
