/** A day, as `26 November 2026`, in UTC. */
export function formatDay(time: string): string {
  return new Date(time).toLocaleDateString('en-GB', {
    ...{ day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' },
  })
}
