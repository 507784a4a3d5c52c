import { expect, it } from 'vitest'
import { timeZoneFrom } from './time-zone.ts'

it.each([
  ['Europe/Berlin', 'Europe/Berlin'],
  ['../etc/passwd', 'UTC'],
  ['', 'UTC'],
  [undefined, 'UTC'],
])('takes %j for %s', (value, timeZone) => {
  expect(timeZoneFrom(value)).toBe(timeZone)
})
