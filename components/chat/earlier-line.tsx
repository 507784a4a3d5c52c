'use client'

import { useLayoutEffect, useRef } from 'react'
import { Button } from '#components/ui/button.tsx'
import type { EarlierMessages } from './earlier-messages.ts'
import { useCell } from './use-cell.ts'

/** Before the first message that was read, while there are more: they come by themselves as one scrolls up, or by this. */
export function EarlierLine({ earlier, onRead }: { earlier: EarlierMessages; onRead(): void }) {
  const state = useCell(earlier.state)
  const button = useRef<HTMLButtonElement>(null)
  const isReading = state === 'loading'

  useLayoutEffect(() => {
    const pressed = button.current
    const messages = pressed?.closest('section')
    return () => {
      // What was read has taken its place: the focus stays among the messages.
      if (pressed && document.activeElement === pressed) messages?.focus({ preventScroll: true })
    }
  }, [])

  return (
    <div className="flex h-12 items-center justify-center gap-2 text-muted text-sm">
      {state === 'failed' && <p role="alert">Earlier messages could not be read.</p>}
      <Button
        ref={button}
        variant="quiet"
        size="small"
        className="text-muted"
        isBusy={isReading}
        onClick={onRead}
      >
        {isReading ? 'Reading earlier messages…' : state === 'failed' ? 'Try again' : 'Show earlier messages'}
      </Button>
    </div>
  )
}
