import { describe, expect, it } from 'vitest'
import { median, percentile } from './percentile.ts'

describe('percentile', () => {
  it('is one of the values, by rank', () => {
    const hundred = Array.from({ length: 100 }, (_, index) => 100 - index)
    expect(percentile(hundred, 0.5)).toBe(50)
    expect(percentile(hundred, 0.99)).toBe(99)
    expect(percentile(hundred, 1)).toBe(100)
    expect(percentile([10, 9], 0)).toBe(9)
  })

  it('orders numbers, not their names', () => {
    expect(percentile([9, 10, 100], 0.99)).toBe(100)
  })

  it('of nothing is nothing', () => {
    expect(percentile([], 0.5)).toBeNull()
    expect(median([])).toBeNull()
  })
})

describe('median', () => {
  it('is the middle, or between the two that are', () => {
    expect(median([3, 1, 2])).toBe(2)
    expect(median([4, 1, 2, 3])).toBe(2.5)
    expect(median([7])).toBe(7)
  })
})
