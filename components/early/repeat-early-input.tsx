'use client'

import { useEffect } from 'react'

/** Does what was pressed and sent before the page could act on it. It stands behind everything that acts. */
export function RepeatEarlyInput() {
  useEffect(() => {
    // Who presses a button again because nothing happens means it once.
    const last = new Map((window.stoaEarlyInput?.take() ?? []).map((event) => [event.target, event]))
    for (const [target, event] of last) {
      // On its way just now: what has woken up here acts on it itself.
      const isUnderWay = event.eventPhase !== Event.NONE
      if (!isUnderWay && target instanceof Element && target.isConnected) repeat(event, target)
    }
  }, [])
  return null
}

function repeat(event: Event, target: Element): void {
  if (target instanceof HTMLFormElement) {
    target.requestSubmit(event instanceof SubmitEvent ? event.submitter : null)
    return
  }
  const detail = event instanceof UIEvent ? event.detail : 0
  target.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, detail }))
}
