'use client'

import { Dialog } from '@base-ui/react/dialog'
import type { ReactNode } from 'react'
import { backdropClass } from './dialog.tsx'
import { useFocusReturn } from './use-focus-return.ts'
import type { SheetControl } from './use-sheet.ts'

/** Comes in from the left edge of a small screen. */
export function Sheet({
  control,
  title,
  children,
}: {
  control: SheetControl
  title: string
  children: ReactNode
}) {
  const { isOpen, setOpen, sheetSwipe, popupRef } = control
  const finalFocus = useFocusReturn(isOpen)
  return (
    <Dialog.Root open={isOpen} onOpenChange={setOpen}>
      <Dialog.Portal>
        <Dialog.Backdrop {...sheetSwipe} className={`${backdropClass} touch-pan-y touch-pinch-zoom`} />
        <Dialog.Popup
          {...sheetSwipe}
          ref={popupRef}
          aria-label={title}
          finalFocus={finalFocus}
          className="fixed inset-y-0 left-0 z-30 w-80 max-w-[85vw] touch-pan-y touch-pinch-zoom bg-surface pl-[env(safe-area-inset-left)] shadow-raised outline-hidden transition-transform duration-150 ease-out data-ending-style:-translate-x-full data-starting-style:-translate-x-full"
        >
          {children}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
