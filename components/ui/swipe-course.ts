/** Where a finger is, and since when, in px and ms. */
export interface FingerAt {
  x: number
  y: number
  time: number
}

/** How far a finger goes before it is known what it wants, in px. */
const INTENT_PX = 10

/** So much of a velocity decides by itself, in px per ms. */
const THROW = 0.3

/** How far back the velocity is looked for, in ms. */
const RECENT_MS = 100

/** What a finger wants, from where it went down and where it is; NULL: that is not known yet. */
export function intentOf(from: FingerAt, to: FingerAt): 'left' | 'right' | 'other' | null {
  const dx = to.x - from.x
  const dy = to.y - from.y
  if (Math.hypot(dx, dy) < INTENT_PX) return null
  if (Math.abs(dx) < 1.5 * Math.abs(dy)) return 'other'
  return dx > 0 ? 'right' : 'left'
}

/** How fast it goes to the right, in px per ms, by the last tenth of a second. */
export function velocityOf(course: readonly FingerAt[]): number {
  const last = course.at(-1)
  const first = last && course.find(({ time }) => last.time - time <= RECENT_MS)
  return !first || last.time === first.time ? 0 : (last.x - first.x) / (last.time - first.time)
}

/** Whether a sheet that comes in from the left ends open: thrown that way, else by where it is (0 closed, 1 open). */
export function endsOpen(share: number, velocity: number): boolean {
  return Math.abs(velocity) > THROW ? velocity > 0 : share > 0.5
}
