'use client'

import { usePathname } from 'next/navigation'
import { useState } from 'react'
import { RequestError } from '#components/chat/chat-api.ts'
import { useChatClient, useGoTo } from '#components/chat/chat-context.tsx'
import { ConfirmDialog } from '#components/ui/dialog.tsx'
import type { ConversationListItem } from '#lib/chat/types.ts'

interface DeleteDialogProps {
  /** NULL: closed. */
  item: ConversationListItem | null
  onClose(): void
}

export function DeleteDialog({ item, onClose }: DeleteDialogProps) {
  const client = useChatClient()
  const goTo = useGoTo()
  const pathname = usePathname()
  const [error, setError] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)

  function close() {
    setError(null)
    onClose()
  }

  async function remove() {
    if (!item) return
    setBusy(true)
    try {
      if (pathname === `/chat/${item.id}`) goTo('/')
      await client.remove(item.id)
      close()
    } catch (failure) {
      if (!(failure instanceof RequestError)) throw failure
      setError(failure.message)
    } finally {
      setBusy(false)
    }
  }

  return (
    <ConfirmDialog
      isOpen={item !== null}
      onClose={close}
      title="Delete this conversation?"
      action="Delete"
      isBusy={isBusy}
      onConfirm={remove}
    >
      <p>
        <strong className="font-medium text-foreground wrap-anywhere">{item?.title}</strong> goes from your
        list, in every tab and on every device. It is kept for 30 days before it is erased, but there is no
        way to bring it back from here yet.
      </p>
      {error && (
        <p role="alert" className="mt-3 text-danger">
          {error}
        </p>
      )}
    </ConfirmDialog>
  )
}
