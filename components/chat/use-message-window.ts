'use client'

import { type RefObject, useCallback, useEffect, useEffectEvent, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { formulasReady } from '#components/markdown/formula.tsx'
import type { Message } from '#lib/chat/types.ts'
import type { EarlierMessages } from './earlier-messages.ts'
import { heldStart, type MessageWindow, movedStart, type WindowStart, windowOf } from './message-window.ts'

/** So close to an end of what is drawn, in px, or a screen if that is less, it moves on. */
const NEAR = 800

export interface DrawnWindow extends MessageWindow {
  /** Of all messages that were read. */
  ids: readonly string[]
  start: WindowStart
  /** Whether the last message is drawn. */
  hasEnd: boolean
  setStart(change: (start: WindowStart) => WindowStart): void
}

/** Which of the messages are drawn: those around what a person looks at, so that a long conversation costs no more than a short one. */
export function useMessageWindow(ids: readonly string[]): DrawnWindow {
  const [start, setStart] = useState<WindowStart>('end')
  const drawn = windowOf(ids, start)
  return { ...drawn, ids, start, setStart, hasEnd: drawn.end === ids.length }
}

/**
 * Moves the window on with the scrolling, and reads older messages before they are reached.
 *
 * @param moveBy scrolls the box
 * @returns what reads older messages
 */
export function useWindowMoves(
  box: RefObject<HTMLElement | null>,
  drawn: DrawnWindow,
  earlier: EarlierMessages,
  moveBy: (change: (box: HTMLElement) => void) => void,
): () => void {
  const lastTop = useRef(0)

  /** Keeps what is looked at where it is, while messages before or after it come and go. */
  const inPlace = useCallback(
    (change: () => void) => {
      const element = box.current && firstInView(box.current)
      const before = element?.getBoundingClientRect().top
      flushSync(change)
      moveBy((moved) => {
        if (element?.isConnected && before !== undefined) {
          moved.scrollTop += element.getBoundingClientRect().top - before
        }
        lastTop.current = moved.scrollTop
      })
    },
    [box, moveBy],
  )

  const move = useEffectEvent((direction: 'older' | 'newer') => {
    const moved = movedStart(drawn.ids, drawn, direction)
    if (moved === null) {
      if (direction === 'older') void readEarlier()
      return
    }
    keepFocus(box.current)
    inPlace(() => drawn.setStart(() => moved))
  })

  const lookAround = useEffectEvent((isUpwards: boolean) => {
    const element = box.current
    if (!element) return
    const { scrollTop, scrollHeight, clientHeight } = element
    const below = scrollHeight - clientHeight - scrollTop
    const near = Math.min(clientHeight, NEAR)
    if (isUpwards && scrollTop < near) move('older')
    else if (!isUpwards && below < near && !drawn.hasEnd) move('newer')
    else if (!isUpwards && below < 1) drawn.setStart(() => 'end')
    // What comes at the end must not take away what is looked at.
    else if (isUpwards && drawn.start === 'end') drawn.setStart(() => heldStart(drawn.ids, drawn))
  })

  const show = useCallback(
    async (change: () => void, page: readonly Message[]) => {
      // A formula that is set later is higher by then: what is looked at would jump.
      await formulasReady(page.map(({ text }) => text))
      inPlace(change)
    },
    [inPlace],
  )

  const readEarlier = useEffectEvent(async () => {
    // What came may be drawn only now, or be too little to scroll.
    if (await earlier.read(show)) lookAround(true)
  })

  useEffect(() => {
    const element = box.current
    if (!element) return
    lastTop.current = element.scrollTop
    const onScroll = () => {
      const moved = element.scrollTop - lastTop.current
      lastTop.current = element.scrollTop
      if (moved !== 0) lookAround(moved < 0)
    }
    element.addEventListener('scroll', onScroll, { passive: true })
    return () => element.removeEventListener('scroll', onScroll)
  }, [box])

  // All that was read may be less than a screen, while there is more before it.
  const first = drawn.ids[0]
  useEffect(() => {
    const element = box.current
    if (first !== undefined && element && element.scrollHeight < 2 * element.clientHeight) void readEarlier()
  }, [box, first])

  return () => void earlier.read(show)
}

function firstInView(box: HTMLElement): Element | null {
  const { top } = box.getBoundingClientRect()
  return (
    [...box.querySelectorAll('article')].find((each) => each.getBoundingClientRect().bottom > top) ?? null
  )
}

/** The focus may be in a message that goes: it must not be lost with it. */
function keepFocus(box: HTMLElement | null): void {
  const focused = document.activeElement?.closest('article')
  if (!box || !focused || !box.contains(focused)) return
  const { top, bottom } = box.getBoundingClientRect()
  const place = focused.getBoundingClientRect()
  if (place.bottom < top || place.top > bottom) box.focus({ preventScroll: true })
}
