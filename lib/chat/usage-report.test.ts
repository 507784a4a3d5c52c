import { expect, test } from 'vitest'
import {
  describeCost,
  describeDuration,
  describeTokens,
  describeUnknownCost,
  NO_USAGE,
  usagePeriodFrom,
} from './usage-report.ts'

test('a cost that is not known is never nothing', () => {
  expect(describeCost({ ...NO_USAGE, calls: 2, cost: 150_000_000 })).toBe('$1.50')
  expect(describeCost({ ...NO_USAGE, calls: 2, callsWithoutCost: 2 })).toBe('unknown')
  expect(describeCost({ ...NO_USAGE, calls: 3, running: 1, callsWithoutCost: 2 })).toBe('unknown')
  expect(describeCost({ ...NO_USAGE, calls: 2, callsWithoutCost: 1, cost: 150_000_000 })).toBe(
    'at least $1.50',
  )
  // At least nothing tells nothing.
  expect(describeCost({ ...NO_USAGE, calls: 2, callsWithoutCost: 1 })).toBe('unknown')
  expect(describeCost({ ...NO_USAGE, calls: 1, running: 1 })).toBe('not known yet')
  expect(describeCost(NO_USAGE)).toBe('$0')
})

test('how many calls are of an unknown price is said', () => {
  expect(describeUnknownCost(NO_USAGE)).toBeNull()
  expect(describeUnknownCost({ ...NO_USAGE, callsWithoutCost: 1 })).toBe('1 call of unknown price')
  expect(describeUnknownCost({ ...NO_USAGE, callsWithoutCost: 1200 })).toBe('1,200 calls of unknown price')
})

test('tokens that were not reported are not none', () => {
  expect(describeTokens(1234, { ...NO_USAGE, calls: 2 })).toBe('1,234')
  expect(describeTokens(1234, { ...NO_USAGE, calls: 2, callsWithoutTokens: 1 })).toBe('at least 1,234')
  expect(describeTokens(0, { ...NO_USAGE, calls: 2, callsWithoutTokens: 2 })).toBe('unknown')
})

test('times are told as people say them', () => {
  expect([null, 0, 950, 1234, 61_400].map(describeDuration)).toEqual([
    'not measured',
    '0 ms',
    '950 ms',
    '1.2 s',
    '61 s',
  ])
})

test('a period that there is not is the usual one', () => {
  expect([
    usagePeriodFrom('7'),
    usagePeriodFrom('8'),
    usagePeriodFrom(['7']),
    usagePeriodFrom(undefined),
  ]).toEqual([7, 30, 30, 30])
})
