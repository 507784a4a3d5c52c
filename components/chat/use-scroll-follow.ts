'use client'

import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { nextFollowing, type ScrollPosition } from './scroll-follow.ts'

interface ScrollFollow {
  isFollowing: boolean
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
 * `flex-direction: column-reverse`: so the browser shows the end of the server's HTML before any script has run.
 */
export function useScrollFollow(
  box: RefObject<HTMLElement | null>,
  content: RefObject<HTMLElement | null>,
): ScrollFollow {
  const [isFollowing, setFollowing] = useState(true)
  const following = useRef(true)
  const last = useRef<ScrollPosition>({ top: 0, max: 0 })

  const moveToEnd = useCallback(() => {
    const element = box.current
    if (!element) return
    element.scrollTop = element.scrollHeight
    last.current = positionOf(element)
  }, [box])

  const follow = useCallback(() => {
    following.current = true
    setFollowing(true)
    moveToEnd()
  }, [moveToEnd])

  const moveBy = useCallback(
    (change: (element: HTMLElement) => void) => {
      const element = box.current
      if (!element) return
      change(element)
      last.current = positionOf(element)
      following.current = nextFollowing(false, last.current, last.current)
      setFollowing(following.current)
    },
    [box],
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
    setFollowing(following.current)
  }, [box])

  useEffect(() => {
    const element = box.current
    if (!element || !content.current) return
    const onScroll = () => {
      const now = positionOf(element)
      following.current = nextFollowing(following.current, last.current, now)
      last.current = now
      setFollowing(following.current)
    }
    const observer = new ResizeObserver(() => {
      if (following.current) moveToEnd()
      else last.current = positionOf(element)
    })
    element.addEventListener('scroll', onScroll, { passive: true })
    observer.observe(element)
    observer.observe(content.current)
    return () => {
      element.removeEventListener('scroll', onScroll)
      observer.disconnect()
    }
  }, [box, content, moveToEnd])

  return { isFollowing, follow, moveBy }
}
