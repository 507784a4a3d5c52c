import { expect, test } from 'vitest'
import { contextWindow, outputLimit } from './model-limits.ts'

test.each([
  ['openai', 'gpt-4o-mini', 128_000],
  ['openai', 'openai/gpt-4.1-nano', 1_000_000],
  ['openai', 'gpt-4', 8_192],
  ['anthropic', 'claude-sonnet-5', 200_000],
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
