import { type DragEvent, type MouseEvent, type PointerEvent, type TouchEvent, useEffect, useRef } from 'react'

/** How long a finger rests, in ms; as long as phones themselves wait. */
const REST_MS = 500

/** How far it may tremble, in px. */
const TREMBLE_PX = 10

export interface LongPress {
  target: Element
  x: number
  y: number
}

/**
 * Calls an action when a finger rests on something inside an element; these are its listeners. What is under the finger is
 * not clicked when it lifts, and the browser's own menu stays away. A link, a button and a field keep what they do when
 * they are pressed long.
 */
export function useLongPress(
  onLongPress: (press: LongPress) => void,
  keepsOwn = 'a, button, input, textarea',
) {
  const pending = useRef<(LongPress & { timer: ReturnType<typeof setTimeout> }) | null>(null)
  const isDone = useRef(false)

  function cancel() {
    clearTimeout(pending.current?.timer)
    pending.current = null
  }

  function finish() {
    const press = pending.current
    if (!press) return
    cancel()
    isDone.current = true
    onLongPress(press)
  }

  useEffect(() => () => clearTimeout(pending.current?.timer), [])

  return {
    onPointerDown({ pointerType, isPrimary, target, clientX: x, clientY: y }: PointerEvent) {
      cancel()
      isDone.current = false
      if (pointerType !== 'touch' || !isPrimary || !(target instanceof Element)) return
      // A text that is selected is being copied or changed.
      if (target.closest(keepsOwn) || window.getSelection()?.isCollapsed === false) return
      pending.current = { target, x, y, timer: setTimeout(finish, REST_MS) }
    },
    onPointerMove({ clientX, clientY }: PointerEvent) {
      const press = pending.current
      if (press && Math.hypot(clientX - press.x, clientY - press.y) > TREMBLE_PX) cancel()
    },
    onPointerUp: cancel,
    // The browser has begun to scroll.
    onPointerCancel: cancel,
    onTouchEnd(event: TouchEvent) {
      if (isDone.current) event.preventDefault()
    },
    onContextMenu(event: MouseEvent) {
      if (!pending.current && !isDone.current) return
      event.preventDefault()
      finish()
    },
    onDragStartCapture(event: DragEvent) {
      if (pending.current || isDone.current) event.preventDefault()
    },
  }
}
