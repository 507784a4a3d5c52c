'use client'

import { X } from 'lucide-react'
import { Button } from '#components/ui/button.tsx'
import { useChatClient } from './chat-context.tsx'
import type { ConversationStore } from './conversation-store.ts'
import { messageCount } from './message-count.ts'
import { useCell } from './use-cell.ts'

export const UNDO_BUTTON_ID = 'undo-deletion'

/** Above the composer: what was deleted, while it can be brought back; that the address names nothing. */
export function BranchNoticeBar({ store }: { store: ConversationStore }) {
  const client = useChatClient()
  const notice = useCell(store.branches.notice)

  async function undo() {
    const messageId = await store.branches.undo()
    if (messageId !== null) store.branches.reveal(messageId)
  }

  function dismiss() {
    store.branches.notice.set(null)
    client.focusComposer()
  }

  return (
    <div role="status" className="shrink-0 px-3 md:px-6">
      {notice && (
        <div className="mx-auto mb-2 flex w-full max-w-(--column) items-center gap-1 rounded-xl bg-surface py-1 pr-1 pl-4 text-sm">
          <p className="min-w-0 flex-1 py-1.5">
            {notice.kind === 'gone'
              ? 'The message that this address names is gone.'
              : `${messageCount(notice.count)} deleted.`}
          </p>
          {notice.kind === 'deleted' && (
            <Button id={UNDO_BUTTON_ID} variant="quiet" size="small" onClick={() => void undo()}>
              Undo
            </Button>
          )}
          <Button variant="quiet" size="icon" className="size-8" aria-label="Dismiss" onClick={dismiss}>
            <X aria-hidden size={16} />
          </Button>
        </div>
      )}
    </div>
  )
}
