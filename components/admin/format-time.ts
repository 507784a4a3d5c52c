/** A moment, as `26 Nov 2026, 22:14`, where the person is. */
export function formatTime(iso: string, timeZone?: string): string {
  return new Date(iso).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone })
}
