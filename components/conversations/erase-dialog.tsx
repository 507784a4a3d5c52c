'use client'

import { useState } from 'react'
import { useChatClient } from '#components/chat/chat-context.tsx'
import { ConfirmDialog } from '#components/ui/dialog.tsx'
import type { ConversationListItem } from '#lib/chat/types.ts'

interface EraseDialogProps {
  /** NULL: all that is in the trash. */
  item: ConversationListItem | null
  onClose(): void
}

/** Asks before what is in the trash goes for good. */
export function EraseDialog({ item, onClose }: EraseDialogProps) {
  const { actions } = useChatClient()
  const [isBusy, setBusy] = useState(false)

  async function erase() {
    setBusy(true)
    // What goes wrong is said where everything else is said that was done.
    await (item ? actions.erase([item]) : actions.emptyTrash())
    onClose()
  }

  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={item ? 'Delete this conversation forever?' : 'Empty the trash?'}
      action={item ? 'Delete forever' : 'Empty trash'}
      isBusy={isBusy}
      onConfirm={erase}
    >
      <p className="wrap-anywhere">
        {item ? (
          <>
            <strong className="font-medium text-foreground">{item.title}</strong> and all its messages
          </>
        ) : (
          'Every conversation in it, with all its messages,'
        )}{' '}
        will be gone. This cannot be undone.
      </p>
    </ConfirmDialog>
  )
}
