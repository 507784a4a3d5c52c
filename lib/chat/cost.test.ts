import { expect, test } from 'vitest'
import { costOf, costOfCounted, FREE, pricePerToken, sumOfCosts } from './cost.ts'

const price = pricePerToken({ input: 2.5, cachedInput: 0.25, output: 15 })
const reported = (
  inputTokens: number | null,
  outputTokens: number | null,
  cachedInputTokens: number | null,
) => ({
  ...{ inputTokens, outputTokens, cachedInputTokens },
})

test('a dollar for a million tokens is a hundred microcents for one', () => {
  expect(price).toEqual({ input: 250, cachedInput: 25, output: 1500 })
  expect(pricePerToken({ input: 0.05, cachedInput: 0.005, output: 0.4 }).cachedInput).toBe(0.5)
})

test('cached input costs its own price, and what of it was not reported was not cached', () => {
  expect(costOf(reported(1000, 100, 400), price)).toBe(600 * 250 + 400 * 25 + 100 * 1500)
  expect(costOf(reported(1000, 100, null), price)).toBe(1000 * 250 + 100 * 1500)
  expect(costOf(reported(100, 0, 400), price)).toBe(100 * 25)
})

test('the cost is whole, however small the price', () => {
  expect(costOf(reported(3, 0, 3), pricePerToken({ input: 1, cachedInput: 0.005, output: 1 }))).toBe(2)
})

test('what is not known is not known, and what is free costs nothing', () => {
  expect(costOf(reported(10, 10, 0), null)).toBeNull()
  expect(costOf(reported(null, 10, 0), price)).toBeNull()
  expect(costOf(reported(10, null, 0), price)).toBeNull()
  expect(costOf(reported(null, null, null), FREE)).toBe(0)
})

test('no call costs more than its bound', () => {
  expect(costOfCounted(1000, 200, price)).toBe(1000 * 250 + 200 * 1500)
  expect(costOfCounted(1000, 200, price)).toBeGreaterThanOrEqual(costOf(reported(1000, 200, 300), price) ?? 0)
  expect(costOfCounted(1000, 200, null)).toBeNull()
})

test('a sum with something unknown in it is unknown', () => {
  expect(sumOfCosts([])).toBe(0)
  expect(sumOfCosts([1, 2])).toBe(3)
  expect(sumOfCosts([1, null, 2])).toBeNull()
})
