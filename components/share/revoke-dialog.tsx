'use client'

import { ConfirmDialog } from '#components/ui/dialog.tsx'
import type { ShareItem } from '#lib/chat/share.ts'

interface RevokeDialogProps {
  /** NULL: closed. */
  share: ShareItem | null
  isBusy: boolean
  onClose(): void
  onConfirm(): void
}

/** Asks before a link ends for ever. */
export function RevokeDialog({ share, isBusy, onClose, onConfirm }: RevokeDialogProps) {
  return (
    <ConfirmDialog
      isOpen={share !== null}
      onClose={onClose}
      title="Revoke this link?"
      action="Revoke"
      isBusy={isBusy}
      onConfirm={onConfirm}
    >
      <p className="text-pretty wrap-anywhere">
        The copy of “{share?.title}” is erased, and its link leads nowhere, for good. Your conversation stays
        as it is.
      </p>
    </ConfirmDialog>
  )
}
