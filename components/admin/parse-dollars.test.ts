import { expect, test } from 'vitest'
import { parseDollars } from './parse-dollars.ts'

test.each([
  ['', null],
  ['  ', null],
  ['5', 5],
  ['$ 5.50', 5.5],
  ['.5', 0.5],
  ['0', 0],
  ['1,250.75', 1250.75],
  ['1000000', 1_000_000],
  ['1000001', undefined],
  ['-1', undefined],
  ['1,5', undefined],
  ['five', undefined],
  ['1e3', undefined],
  ['Infinity', undefined],
])('%j is %j', (text, dollars) => {
  expect(parseDollars(text)).toBe(dollars)
})
