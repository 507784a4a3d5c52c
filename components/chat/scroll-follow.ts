/** Where a scrolling box stands, in px: `max` is the largest `top` there is. */
export interface ScrollPosition {
  top: number
  max: number
}

/** So close to the end counts as being there: fractions of pixels and a finger that lets go. */
const AT_END = 8

/**
 * Whether a box goes on following its end after it has moved. Going up by any means ends it, arriving at the end begins
 * it again. A box that has grown or shrunk has not been moved by the person.
 */
export function nextFollowing(following: boolean, before: ScrollPosition, now: ScrollPosition): boolean {
  if (now.max - now.top <= AT_END) return true
  if (now.top < before.top && now.max >= before.max) return false
  return following
}
