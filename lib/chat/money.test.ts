import { expect, test } from 'vitest'
import { formatMoney, MICROCENTS_PER_DOLLAR } from './money.ts'

test.each([
  [null, 'unknown'],
  [0, '$0'],
  [12.5 * MICROCENTS_PER_DOLLAR, '$12.50'],
  [1234 * MICROCENTS_PER_DOLLAR, '$1,234.00'],
  [MICROCENTS_PER_DOLLAR, '$1.00'],
  [0.25 * MICROCENTS_PER_DOLLAR, '$0.25'],
  [0.4 * MICROCENTS_PER_DOLLAR, '$0.40'],
  [0.0999 * MICROCENTS_PER_DOLLAR, '$0.10'],
  [0.043 * MICROCENTS_PER_DOLLAR, '$0.043'],
  [0.001234 * MICROCENTS_PER_DOLLAR, '$0.0012'],
  [1, '$0.00000001'],
])('%s microcents are written %s', (amount, written) => {
  expect(formatMoney(amount)).toBe(written)
})
