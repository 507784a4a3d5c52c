'use client'

import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { nextFollowing, type ScrollPosition } from './scroll-follow.ts'

/** So near the end its last line is seen: a way there would only stand on it. */
const NEAR_END = 96

interface ScrollFollow {
  /** Whether the end is out of sight, or another part of the whole is shown. */
  isAway: boolean
  /** Goes to the end and stays there. */
  follow(): void
  /** Moves the box by a change of one's own, which may end at its end or not. */
  moveBy(change: (box: HTMLElement) => void): void
}

function positionOf({ scrollTop, scrollHeight, clientHeight }: HTMLElement): ScrollPosition {
  return { top: scrollTop, max: scrollHeight - clientHeight }
}

/**
 * Keeps a scrolling box at its end while its content grows, until the person scrolls up. The box must come with
 * `flex-direction: column-reverse`: so the browser shows the end of the server’s HTML before any script has run; content that
 * is shorter than the box stands at its top by an automatic margin below.
 *
 * @param part which part of a whole the content is; only where it has the end of that (`hasEnd`), its end is followed
 */
export function useScrollFollow(
  box: RefObject<HTMLElement | null>,
  content: RefObject<HTMLElement | null>,
  { hasEnd, part }: { hasEnd: boolean; part: unknown },
): ScrollFollow {
  const [isAway, setAway] = useState(false)
  const canFollow = useRef(hasEnd)
  const following = useRef(true)
  const last = useRef<ScrollPosition>({ top: 0, max: 0 })

  const moveToEnd = useCallback(() => {
    const element = box.current
    if (!element) return
    element.scrollTop = element.scrollHeight
    last.current = positionOf(element)
  }, [box])

  const tellWhere = useCallback(() => {
    const { top, max } = last.current
    setAway(!following.current && (!canFollow.current || max - top > NEAR_END))
  }, [])

  const follow = useCallback(() => {
    following.current = true
    moveToEnd()
    tellWhere()
  }, [moveToEnd, tellWhere])

  const moveBy = useCallback(
    (change: (element: HTMLElement) => void) => {
      const element = box.current
      if (!element) return
      change(element)
      last.current = positionOf(element)
      following.current = canFollow.current && nextFollowing(false, last.current, last.current)
      tellWhere()
    },
    [box, tellWhere],
  )

  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    // In a reversed box the top is counted from the end: what the person has scrolled before this ran is kept.
    const fromEnd = element.scrollTop
    element.style.flexDirection = 'column'
    element.scrollTop = element.scrollHeight - element.clientHeight + fromEnd
    last.current = positionOf(element)
    following.current = nextFollowing(fromEnd === 0, last.current, last.current)
    tellWhere()
  }, [box, tellWhere])

  // biome-ignore lint/correctness/useExhaustiveDependencies: where another part is shown, its end is another place.
  useLayoutEffect(() => {
    canFollow.current = hasEnd
    // At once: a scroll event before the next layout would be taken for the person's.
    if (hasEnd && following.current) moveToEnd()
    tellWhere()
  }, [hasEnd, part, moveToEnd, tellWhere])

  useEffect(() => {
    const element = box.current
    if (!element || !content.current) return
    const onScroll = () => {
      const now = positionOf(element)
      following.current = canFollow.current && nextFollowing(following.current, last.current, now)
      last.current = now
      tellWhere()
    }
    const observer = new ResizeObserver(() => {
      if (following.current) moveToEnd()
      else last.current = positionOf(element)
      tellWhere()
    })
    element.addEventListener('scroll', onScroll, { passive: true })
    observer.observe(element)
    observer.observe(content.current)
    return () => {
      element.removeEventListener('scroll', onScroll)
      observer.disconnect()
    }
  }, [box, content, moveToEnd, tellWhere])

  return { isAway, follow, moveBy }
}
