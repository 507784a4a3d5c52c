'use client'

import { useEffect, useLayoutEffect, useRef } from 'react'
import type { EarlyInput } from './keep-early-input.ts'

/** Does what was pressed and sent before the page could act on it. It stands behind everything that acts. */
export function RepeatEarlyInput() {
  const taken = useRef<EarlyInput | undefined>(undefined)

  useLayoutEffect(() => {
    // From this moment on React acts on what happens: what is kept any longer would be done twice.
    taken.current ??= window.takeEarlyInput?.()
  }, [])

  useEffect(() => {
    for (const [acting, event] of taken.current ?? []) {
      // On its way just now: what has woken up here acts on it itself.
      const isUnderWay = event.eventPhase !== Event.NONE
      if (!isUnderWay && acting.isConnected) repeat(event, acting)
    }
    taken.current?.clear()
  }, [])

  return null
}

function repeat(event: Event, acting: Element): void {
  if (acting instanceof HTMLFormElement) {
    const submitter = event instanceof SubmitEvent ? event.submitter : null
    acting.requestSubmit(submitter?.isConnected ? submitter : null)
    return
  }
  const detail = event instanceof UIEvent ? event.detail : 0
  acting.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, detail }))
}
