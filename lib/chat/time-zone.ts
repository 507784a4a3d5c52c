/** The cookie in which a browser leaves its time zone, so that the server can tell the person's days apart. */
export const TIME_ZONE_COOKIE = 'stoa-time-zone'

/** The IANA time zone that a cookie's value names; UTC when it names none. */
export function timeZoneFrom(value: string | undefined): string {
  if (!value) return 'UTC'
  try {
    return new Intl.DateTimeFormat('en', { timeZone: value }).resolvedOptions().timeZone
  } catch (error) {
    if (error instanceof RangeError) return 'UTC'
    throw error
  }
}
