import { expect, it } from 'vitest'
import { isReached, type Line, linesTable } from './line.ts'

const line: Line = { name: 'a key', limit: 50, measured: 49.94, unit: 'ms', floor: 8 }

it('is reached up to its limit, and always without one', () => {
  expect(isReached(line)).toBe(true)
  expect(isReached({ ...line, measured: 50.1 })).toBe(false)
  expect(isReached({ ...line, limit: null })).toBe(true)
})

it('is a row with what the bare page did beside it', () => {
  const rows = linesTable([
    line,
    { ...line, name: 'shifts', limit: 0, measured: 0.0214, unit: '', floor: null },
  ])
  expect(rows.split('\n').slice(2)).toEqual([
    '| a key | ≤ 50 ms | 49.9 ms | 8 ms | reached |',
    '| shifts | ≤ 0 | 0.021 |  | MISSED |',
  ])
})
