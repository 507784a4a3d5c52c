import { expect, it } from 'vitest'
import { endsOpen, intentOf, velocityOf } from './swipe-course.ts'

const at = (x: number, y = 0, time = 0) => ({ x, y, time })

it.each([
  [at(5, 5), null],
  [at(12, 3), 'right'],
  [at(-12, 3), 'left'],
  [at(3, 40), 'other'],
  [at(30, 28), 'other'],
] as const)('a finger that went to %j wants %s', (to, intent) => {
  expect(intentOf(at(0), to)).toBe(intent)
})

it('is as fast as it was last, not on the whole', () => {
  expect(velocityOf([])).toBe(0)
  expect(velocityOf([at(0, 0, 0)])).toBe(0)
  expect(velocityOf([at(0, 0, 0), at(300, 0, 100), at(300, 0, 400), at(290, 0, 420)])).toBeCloseTo(-0.5)
})

it('ends where it was thrown, else where it is nearer', () => {
  expect(endsOpen(0.1, 1)).toBe(true)
  expect(endsOpen(0.9, -1)).toBe(false)
  expect(endsOpen(0.6, 0.1)).toBe(true)
  expect(endsOpen(0.4, 0.1)).toBe(false)
})
