'use client'

import { AlertDialog } from '@base-ui/react/alert-dialog'
import { Dialog } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button, buttonClass } from './button.tsx'
import { popupClass } from './popup.ts'
import { useFocusReturn } from './use-focus-return.ts'

export const backdropClass =
  'fixed inset-0 z-30 bg-scrim transition-opacity duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0'

/** Scrolls where it is higher than the screen: zoomed to 200 % hardly one is not. */
const boxClass =
  `${popupClass} fixed top-1/2 left-1/2 z-30 max-h-[calc(100dvh-2rem)] w-104 max-w-[calc(100vw-2rem)] overflow-y-auto ` +
  '-translate-x-1/2 -translate-y-1/2 p-5 ' +
  'transition-opacity duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0'

interface DialogProps {
  isOpen: boolean
  onClose(): void
  title: string
  children: ReactNode
}

interface FormDialogProps extends DialogProps {
  /** What gets the focus when it closes; NULL: what had it before. */
  focusAfter?: () => HTMLElement | null
}

/** Asks for something; Escape and a click beside it close it. */
export function FormDialog({ isOpen, onClose, title, children, focusAfter }: FormDialogProps) {
  const finalFocus = useFocusReturn(isOpen, focusAfter)
  return (
    <Dialog.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={backdropClass} />
        <Dialog.Popup className={boxClass} finalFocus={finalFocus}>
          <Dialog.Title className="mb-4 font-semibold text-lg">{title}</Dialog.Title>
          {children}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

const wideClass = boxClass.replace('w-104', 'w-176')

interface WideDialogProps extends DialogProps {
  /** Then a click beside it does not close it: what is being written would be gone. */
  isWrittenIn: boolean
}

/** Shows more than a question: as wide as a page reads well, and scrolled when it is long. */
export function WideDialog({ isOpen, onClose, title, children, isWrittenIn }: WideDialogProps) {
  const finalFocus = useFocusReturn(isOpen)
  return (
    <Dialog.Root
      open={isOpen}
      disablePointerDismissal={isWrittenIn}
      onOpenChange={(open) => !open && onClose()}
    >
      <Dialog.Portal>
        <Dialog.Backdrop className={backdropClass} />
        <Dialog.Popup className={wideClass} finalFocus={finalFocus}>
          <Dialog.Title className="mb-2 font-semibold text-lg">{title}</Dialog.Title>
          {children}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

interface ConfirmDialogProps extends DialogProps {
  /** What the button says that does it. */
  action: string
  isBusy: boolean
  onConfirm(): void
  /** What gets the focus when it closes; else what had it before. */
  focusAfter?: () => HTMLElement | null
}

/** Asks before something that is hard to undo. The focus begins on Cancel. */
export function ConfirmDialog({
  isOpen,
  onClose,
  title,
  children,
  action,
  isBusy,
  onConfirm,
  focusAfter,
}: ConfirmDialogProps) {
  const finalFocus = useFocusReturn(isOpen, focusAfter)
  return (
    <AlertDialog.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className={backdropClass} />
        <AlertDialog.Popup className={boxClass} finalFocus={finalFocus}>
          <AlertDialog.Title className="mb-2 font-semibold text-lg">{title}</AlertDialog.Title>
          <AlertDialog.Description render={<div />} className="text-muted text-sm">
            {children}
          </AlertDialog.Description>
          <div className="mt-5 flex flex-wrap justify-end gap-2">
            <AlertDialog.Close className={buttonClass()}>Cancel</AlertDialog.Close>
            <Button variant="danger" isBusy={isBusy} onClick={onConfirm}>
              {action}
            </Button>
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  )
}

interface SideSheetProps extends DialogProps {
  /** What gets the focus when it closes. */
  focusAfter(): HTMLElement | null
}

/** Comes in from the right, to be read beside the page; on a small screen in its place. */
export function SideSheet({ isOpen, onClose, title, children, focusAfter }: SideSheetProps) {
  const finalFocus = useFocusReturn(isOpen, focusAfter)
  return (
    <Dialog.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={backdropClass} />
        <Dialog.Popup
          finalFocus={finalFocus}
          className="fixed inset-y-0 right-0 z-30 flex w-160 max-w-full flex-col bg-background text-foreground shadow-raised outline-hidden transition-transform duration-150 ease-out data-ending-style:translate-x-full data-starting-style:translate-x-full sm:border-line sm:border-l"
        >
          <div className="flex h-14 shrink-0 items-center justify-between border-line border-b pr-3 pl-5">
            <Dialog.Title className="font-semibold text-lg">{title}</Dialog.Title>
            <Dialog.Close aria-label="Close" className={buttonClass({ variant: 'quiet', size: 'icon' })}>
              <X aria-hidden size={18} />
            </Dialog.Close>
          </div>
          {children}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
