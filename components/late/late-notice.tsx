'use client'

import { useEffect } from 'react'
import { useCell } from '#components/chat/use-cell.ts'
import { Button } from '#components/ui/button.tsx'
import { DismissButton } from '#components/ui/dismiss-button.tsx'
import { focusLandmark } from '#components/ui/focus-landmark.ts'
import { lateFault } from './late-part.ts'

/** Above the page: that part of it could not be loaded, until it can be, or the person has read it. */
export function LateNotice() {
  const fault = useCell(lateFault)

  useEffect(() => {
    // What was pressed may be gone, and what should have come has not.
    if (fault && document.activeElement === document.body) focusLandmark()
  }, [fault])

  function dismiss() {
    lateFault.set(null)
    focusLandmark()
  }

  return (
    <div
      role="alert"
      className="pointer-events-none fixed inset-x-3 top-[max(0.75rem,env(safe-area-inset-top))] z-50 flex justify-center"
    >
      {fault && (
        <div
          key={fault.id}
          className="pointer-events-auto flex max-w-120 items-center gap-1 rounded-xl border border-line bg-raised py-1.5 pr-1 pl-3 text-sm shadow-raised"
        >
          <p className="min-w-0 flex-1 text-balance text-danger">{fault.text}</p>
          <Button
            variant="quiet"
            size="small"
            className="shrink-0 px-2.5 text-accent!"
            onClick={() => window.location.reload()}
          >
            Reload
          </Button>
          <DismissButton onClick={dismiss} />
        </div>
      )}
    </div>
  )
}
