'use client'

import { useState } from 'react'
import { RequestError } from '#components/chat/chat-api.ts'
import { useChatClient } from '#components/chat/chat-context.tsx'
import { ConfirmDialog } from '#components/ui/dialog.tsx'
import type { Folder } from '#lib/chat/types.ts'

/** Asks before a folder goes: of what holds in it nothing stays. */
export function DeleteFolderDialog({ folder, onClose }: { folder: Folder; onClose(): void }) {
  const { folders } = useChatClient()
  const [error, setError] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)

  async function remove() {
    setBusy(true)
    try {
      await folders.remove(folder.id)
      onClose()
    } catch (failure) {
      if (!(failure instanceof RequestError)) throw failure
      setError(failure.message)
      setBusy(false)
    }
  }

  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title="Delete this folder?"
      action="Delete folder"
      isBusy={isBusy}
      onConfirm={remove}
      focusAfter={() => document.querySelector<HTMLElement>('[data-new-conversation]')}
    >
      <p>
        The conversations in{' '}
        <strong className="font-medium text-foreground wrap-anywhere">{folder.name}</strong> stay, in no
        folder.
        {folder.instructions !== '' && ' Its instructions are gone with it.'} This cannot be undone.
      </p>
      {error && (
        <p role="alert" className="mt-3 text-danger">
          {error}
        </p>
      )}
    </ConfirmDialog>
  )
}
