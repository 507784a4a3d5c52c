'use client'

import { type RefObject, useCallback, useLayoutEffect, useRef } from 'react'

interface KeptPlace {
  /** Keeps an element where it is on the screen through what the change brings about. */
  keep(element: HTMLElement, change: () => Promise<unknown>): Promise<void>
}

/**
 * Keeps what a person looks at in its place while the messages around it are others. Where too little follows it to
 * scroll so far, room is left below until the messages change again.
 *
 * @param shown changes with the messages
 * @param moveBy scrolls the box
 */
export function useKeptPlace(
  content: RefObject<HTMLElement | null>,
  shown: unknown,
  moveBy: (change: (box: HTMLElement) => void) => void,
): KeptPlace {
  const kept = useRef<{ element: HTMLElement; top: number } | null>(null)

  // biome-ignore lint/correctness/useExhaustiveDependencies: it follows the messages.
  useLayoutEffect(() => {
    if (!content.current) return
    content.current.style.minHeight = ''
    if (!kept.current?.element.isConnected) return
    const { element, top } = kept.current
    const room = content.current
    const offset = () => element.getBoundingClientRect().top - top
    moveBy((box) => {
      box.scrollTop += offset()
      const missing = offset()
      if (missing < 1) return
      room.style.minHeight = `${room.offsetHeight + missing}px`
      box.scrollTop += missing
    })
  }, [shown])

  const keep = useCallback(async (element: HTMLElement, change: () => Promise<unknown>) => {
    kept.current = { element, top: element.getBoundingClientRect().top }
    await change()
    kept.current = null
  }, [])

  return { keep }
}
