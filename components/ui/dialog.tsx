'use client'

import { AlertDialog } from '@base-ui/react/alert-dialog'
import { Dialog } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { buttonClass } from './button.tsx'
import { popupClass } from './popup.ts'

const backdropClass =
  'fixed inset-0 z-30 bg-scrim transition-opacity duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0'

const boxClass =
  `${popupClass} fixed top-1/2 left-1/2 z-30 w-104 max-w-[calc(100vw-2rem)] -translate-x-1/2 -translate-y-1/2 p-5 ` +
  'transition-opacity duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0'

interface DialogProps {
  isOpen: boolean
  onClose(): void
  title: string
  children: ReactNode
}

/** Asks for something; Escape and a click beside it close it. */
export function FormDialog({ isOpen, onClose, title, children }: DialogProps) {
  return (
    <Dialog.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={backdropClass} />
        <Dialog.Popup className={boxClass}>
          <Dialog.Title className="mb-4 font-semibold text-lg">{title}</Dialog.Title>
          {children}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

const wideClass = boxClass.replace('w-104', 'w-176 max-h-[calc(100dvh-2rem)] overflow-y-auto')

interface WideDialogProps extends DialogProps {
  /** Then a click beside it does not close it: what is being written would be gone. */
  isWrittenIn: boolean
}

/** Shows more than a question: as wide as a page reads well, and scrolled when it is long. */
export function WideDialog({ isOpen, onClose, title, children, isWrittenIn }: WideDialogProps) {
  return (
    <Dialog.Root
      open={isOpen}
      disablePointerDismissal={isWrittenIn}
      onOpenChange={(open) => !open && onClose()}
    >
      <Dialog.Portal>
        <Dialog.Backdrop className={backdropClass} />
        <Dialog.Popup className={wideClass}>
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
  return (
    <AlertDialog.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className={backdropClass} />
        <AlertDialog.Popup className={boxClass} finalFocus={focusAfter}>
          <AlertDialog.Title className="mb-2 font-semibold text-lg">{title}</AlertDialog.Title>
          <AlertDialog.Description render={<div />} className="text-muted text-sm">
            {children}
          </AlertDialog.Description>
          <div className="mt-5 flex justify-end gap-2">
            <AlertDialog.Close className={buttonClass()}>Cancel</AlertDialog.Close>
            <button
              type="button"
              disabled={isBusy}
              className={buttonClass({ variant: 'danger' })}
              onClick={onConfirm}
            >
              {action}
            </button>
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
  return (
    <Dialog.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={backdropClass} />
        <Dialog.Popup
          finalFocus={focusAfter}
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

/** Comes in from the left edge of a small screen. */
export function Sheet({ isOpen, onClose, title, children }: DialogProps) {
  return (
    <Dialog.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={backdropClass} />
        <Dialog.Popup
          aria-label={title}
          className="fixed inset-y-0 left-0 z-30 w-80 max-w-[85vw] bg-surface shadow-raised outline-hidden transition-transform duration-150 ease-out data-ending-style:-translate-x-full data-starting-style:-translate-x-full"
        >
          {children}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
