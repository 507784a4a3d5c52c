import { expect, test } from 'vitest'
import { lastDays } from './local-days.ts'

function starts(count: number, timeZone: string, now: string) {
  return lastDays(count, timeZone, new Date(now)).map(({ day, startsAt }) => [day, startsAt.toISOString()])
}

test('the last day is that of the zone, not of UTC', () => {
  expect(starts(2, 'Pacific/Auckland', '2026-07-01T13:00:00Z')).toEqual([
    ['2026-07-01', '2026-06-30T12:00:00.000Z'],
    ['2026-07-02', '2026-07-01T12:00:00.000Z'],
  ])
  expect(starts(1, 'America/Los_Angeles', '2026-07-01T06:59:59Z')).toEqual([
    ['2026-06-30', '2026-06-30T07:00:00.000Z'],
  ])
})

test('days on which clocks change are longer or shorter', () => {
  expect(starts(2, 'Europe/Berlin', '2026-03-30T10:00:00Z')).toEqual([
    ['2026-03-29', '2026-03-28T23:00:00.000Z'],
    ['2026-03-30', '2026-03-29T22:00:00.000Z'],
  ])
})

test('a day without its midnight begins an hour later', () => {
  expect(starts(1, 'Africa/Cairo', '2026-04-24T12:00:00Z')).toEqual([
    ['2026-04-24', '2026-04-23T22:00:00.000Z'],
  ])
})

test('there are as many as asked for, without a gap', () => {
  const days = lastDays(90, 'America/New_York', new Date('2026-11-26T12:00:00Z'))
  expect(days).toHaveLength(90)
  for (const [index, { startsAt }] of days.entries()) {
    const before = days[index - 1]
    if (before) expect(startsAt.getTime() - before.startsAt.getTime()).toBeGreaterThanOrEqual(23 * 3_600_000)
  }
})
