import { type PointerEvent, useRef } from 'react'
import { type FingerAt, intentOf, velocityOf } from './swipe-course.ts'

/** What has a use for a finger that goes sideways. */
const takesSwipes = 'input, textarea, [role="slider"]'

interface SwipeActions {
  /** The way that is followed. */
  direction: 'left' | 'right'
  isWanted(): boolean
  onStart(): void
  /** @param dx how far it has gone to the right, in px */
  onMove(dx: number): void
  /** @param velocity to the right, in px per ms */
  onEnd(dx: number, velocity: number): void
  /** The browser has taken the finger away, to scroll. */
  onCancel(): void
}

/**
 * Follows a finger that goes sideways; these are the listeners of the element that it goes over, which has to have
 * `touch-action: pan-y pinch-zoom`: so the browser itself decides whether a finger scrolls, and takes it away then.
 */
export function useSwipe({ direction, isWanted, onStart, onMove, onEnd, onCancel }: SwipeActions) {
  const course = useRef<FingerAt[]>([])
  const isFollowed = useRef(false)

  function end() {
    const [first] = course.current
    const last = course.current.at(-1)
    if (isFollowed.current && first && last) onEnd(last.x - first.x, velocityOf(course.current))
    course.current = []
    isFollowed.current = false
  }

  return {
    onPointerDown(event: PointerEvent<HTMLElement>) {
      course.current = []
      const { pointerType, isPrimary, target, currentTarget } = event
      if (pointerType !== 'touch' || !isPrimary || !(target instanceof Element) || !isWanted()) return
      const isTaken =
        target.closest(takesSwipes) !== null ||
        scrollsSideways(target, currentTarget) ||
        window.getSelection()?.isCollapsed === false
      if (!isTaken) course.current = [positionOf(event)]
    },
    onPointerMove(event: PointerEvent<HTMLElement>) {
      const [first] = course.current
      if (!first || !event.isPrimary) return
      const now = positionOf(event)
      if (!isFollowed.current) {
        const intent = intentOf(first, now)
        if (intent === null) return
        if (intent !== direction) {
          course.current = []
          return
        }
        isFollowed.current = true
        // What comes in under the finger does not take it away.
        event.currentTarget.setPointerCapture(event.pointerId)
        onStart()
      }
      course.current.push(now)
      onMove(now.x - first.x)
    },
    onPointerUp: end,
    onPointerCancel() {
      if (isFollowed.current) onCancel()
      course.current = []
      isFollowed.current = false
    },
  }
}

function positionOf({ clientX, clientY, timeStamp }: PointerEvent): FingerAt {
  return { x: clientX, y: clientY, time: timeStamp }
}

function scrollsSideways(target: Element, root: Element): boolean {
  for (let element: Element | null = target; element && element !== root; element = element.parentElement) {
    if (element.scrollWidth <= element.clientWidth) continue
    if (['auto', 'scroll'].includes(getComputedStyle(element).overflowX)) return true
  }
  return false
}
