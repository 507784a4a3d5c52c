const DAY_MS = 86_400_000

/** A day of a person's calendar. */
export interface LocalDay {
  /** As `2026-11-26`. */
  day: string
  /** When it begins. */
  startsAt: Date
}

/**
 * The last days in a time zone, today included, oldest first. Where clocks are changed they are longer or shorter than
 * 24 hours, and where that is done at midnight they begin later.
 *
 * @param timeZone an IANA name
 */
export function lastDays(count: number, timeZone: string, now: Date): LocalDay[] {
  const today = Math.floor((now.getTime() + offsetAt(now.getTime(), timeZone)) / DAY_MS) * DAY_MS
  return Array.from({ length: count }, (_, index) => {
    const midnight = today - (count - 1 - index) * DAY_MS
    return { day: new Date(midnight).toISOString().slice(0, 10), startsAt: startOf(midnight, timeZone) }
  })
}

/** @param midnight of the day, as if it were UTC */
function startOf(midnight: number, timeZone: string): Date {
  const guess = midnight - offsetAt(midnight, timeZone)
  return new Date(midnight - offsetAt(guess, timeZone))
}

/** How far the zone's clocks are ahead of UTC at a moment, in ms. */
function offsetAt(time: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en', {
    ...{ timeZone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric' },
    ...{ hour: 'numeric', minute: 'numeric', second: 'numeric' },
  }).formatToParts(time)
  const of = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((part) => part.type === type)?.value)
  const local = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'))
  return local - Math.floor(time / 1000) * 1000
}
