'use client'

import { useEffect, useState } from 'react'
import { ConfirmDialog } from '#components/ui/dialog.tsx'
import { UNDO_BUTTON_ID } from './branch-notice-bar.tsx'
import { RequestError } from './chat-api.ts'
import type { ConversationStore } from './conversation-store.ts'
import { messageCount } from './message-count.ts'

interface DeleteMessageDialogProps {
  store: ConversationStore
  messageId: string
  /** What gets the focus back when nothing is deleted. */
  opener: HTMLElement | null
  onClose(): void
}

/** Asks before a message goes with all that follows from it, and says how much that is. */
export function DeleteMessageDialog({ store, messageId, opener, onClose }: DeleteMessageDialogProps) {
  const [count, setCount] = useState<number | null>(null)
  const [error, setError] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)

  useEffect(() => {
    let isWanted = true
    store.branches.count(messageId).then(
      (counted) => isWanted && setCount(counted),
      (failure: unknown) => isWanted && setError(messageOf(failure)),
    )
    return () => {
      isWanted = false
    }
  }, [store, messageId])

  async function remove() {
    if (count === null) return
    setBusy(true)
    try {
      await store.branches.remove(messageId, count)
      onClose()
    } catch (failure) {
      setError(messageOf(failure))
    } finally {
      setBusy(false)
    }
  }

  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title="Delete this message?"
      action="Delete"
      isBusy={isBusy || count === null}
      onConfirm={remove}
      focusAfter={() => document.getElementById(UNDO_BUTTON_ID) ?? opener}
    >
      <p className="min-h-10">
        {count === null ? error === null && 'Counting what follows from it…' : extentOf(count)}
      </p>
      {error && (
        <p role="alert" className="mt-3 text-danger">
          {error}
        </p>
      )}
    </ConfirmDialog>
  )
}

function extentOf(count: number): string {
  if (count === 1) return 'This deletes 1 message. Nothing follows from it.'
  return `This deletes ${messageCount(count)}: this one and all that follows from it, on every branch.`
}

function messageOf(failure: unknown): string {
  if (failure instanceof RequestError) return failure.message
  throw failure
}
