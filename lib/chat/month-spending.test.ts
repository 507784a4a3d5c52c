import { expect, test } from 'vitest'
import { MICROCENTS_PER_DOLLAR } from './money.ts'
import { describeExhausted, percentToWarnOf } from './month-spending.ts'

const month = (spent: number, budget: number | null) => ({
  spent: spent * MICROCENTS_PER_DOLLAR,
  budget: budget === null ? null : budget * MICROCENTS_PER_DOLLAR,
  resetsAt: '2026-12-01T00:00:00.000Z',
})

test.each([
  [3.99, 5, null],
  [4, 5, 80],
  [4.249, 5, 84],
  [4.999, 5, 99],
  [5, 5, 100],
  [6, 5, 100],
  [0, 0, 100],
  [600, null, null],
])('%d of %s dollars: %s %%', (spent, budget, percent) => {
  expect(percentToWarnOf(month(spent, budget))).toBe(percent)
})

test('who may not go on is told what was spent, the limit, when it ends and whom to ask', () => {
  expect(describeExhausted(month(5.02, 5))).toBe(
    'You have used $5.02 of the $5.00 that you may spend in a month. The next month begins on 1 December; an administrator can raise the limit before that.',
  )
  expect(describeExhausted(month(4.98, 5))).toContain(', and this answer could cost more than is left.')
})
