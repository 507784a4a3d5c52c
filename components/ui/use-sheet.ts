'use client'

import { useCallback, useRef } from 'react'
import { endsOpen } from './swipe-course.ts'
import { useSwipe } from './use-swipe.ts'

type SwipeListeners = ReturnType<typeof useSwipe>

/** A sheet that comes in from the left edge, and the finger that draws it. */
export interface SheetControl {
  isOpen: boolean
  setOpen(isOpen: boolean): void
  /** The listeners of the page that it comes over. */
  pageSwipe: SwipeListeners
  sheetSwipe: SwipeListeners
  popupRef(element: HTMLElement | null): void
}

/** @param isWanted whether the page has room for nothing beside it, so that the sheet comes over it */
export function useSheet(
  isOpen: boolean,
  setOpen: (isOpen: boolean) => void,
  isWanted: () => boolean,
): SheetControl {
  const popup = useRef<HTMLElement | null>(null)
  /** How far the sheet is out, in px; NULL: no finger draws it. */
  const hidden = useRef<number | null>(null)

  const draw = useCallback(() => {
    const { style } = popup.current ?? {}
    if (!style) return
    style.translate = hidden.current === null ? '' : `${-Math.min(hidden.current, widthOf(popup.current))}px`
    style.transition = hidden.current === null ? '' : 'none'
  }, [])

  /** @param shift how far it is from being open, to the right */
  function follow(shift: number) {
    hidden.current = Math.min(Math.max(-shift, 0), widthOf(popup.current))
    draw()
  }

  function settle(isOpenThen: boolean) {
    hidden.current = null
    setOpen(isOpenThen)
    draw()
  }

  function end(shift: number, velocity: number) {
    settle(endsOpen(1 + shift / widthOf(popup.current), velocity))
  }

  const pageSwipe = useSwipe({
    direction: 'right',
    isWanted: () => !isOpen && isWanted(),
    onStart() {
      hidden.current = Number.POSITIVE_INFINITY
      setOpen(true)
    },
    onMove: (dx) => follow(dx - widthOf(popup.current)),
    onEnd: (dx, velocity) => end(dx - widthOf(popup.current), velocity),
    onCancel: () => settle(false),
  })
  const sheetSwipe = useSwipe({
    direction: 'left',
    isWanted: () => isOpen,
    onStart() {},
    onMove: follow,
    onEnd: end,
    onCancel: () => settle(true),
  })
  const popupRef = useCallback(
    (element: HTMLElement | null) => {
      popup.current = element
      draw()
    },
    [draw],
  )
  return { isOpen, setOpen, pageSwipe, sheetSwipe, popupRef }
}

/** Before it is there: what it will be, near enough for the first frame. */
function widthOf(popup: HTMLElement | null): number {
  return popup?.offsetWidth || Math.min(320, window.innerWidth * 0.85)
}
