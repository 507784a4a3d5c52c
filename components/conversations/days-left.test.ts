import { expect, it } from 'vitest'
import { daysLeft } from './days-left.ts'

it.each([
  ['2026-03-01T00:00:00.000Z', '30 days left'],
  // The clock of this machine may be behind.
  ['2026-03-01T00:10:00.000Z', '30 days left'],
  ['2026-02-28T00:00:00.000Z', '29 days left'],
  ['2026-01-31T00:00:00.000Z', 'Less than a day left'],
  ['2026-01-01T00:00:00.000Z', 'Less than a day left'],
])('what was deleted at %s has "%s"', (deletedAt, words) => {
  expect(daysLeft(deletedAt, Date.parse('2026-03-01T00:00:00.000Z'))).toBe(words)
})
