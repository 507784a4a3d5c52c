'use client'

import { Button } from '#components/ui/button.tsx'
import { DismissButton } from '#components/ui/dismiss-button.tsx'
import { useChatClient } from './chat-context.tsx'
import type { ConversationStore } from './conversation-store.ts'
import { useCell } from './use-cell.ts'

/** Above the composer: that a message was discarded, until another one is sent; it can be brought back. */
export function DiscardedBar({ store }: { store: ConversationStore }) {
  const client = useChatClient()
  const discarded = useCell(store.outbox.discarded)

  function dismiss() {
    store.outbox.discarded.set(null)
    client.focusComposer()
  }

  return (
    <div role="status">
      {discarded && (
        <div className="mb-2 flex items-center gap-1 rounded-xl bg-surface py-1 pr-1 pl-4 text-sm">
          <p className="min-w-0 flex-1 py-1.5">Message discarded.</p>
          <Button variant="quiet" size="small" onClick={() => store.restore()}>
            Undo
          </Button>
          <DismissButton onClick={dismiss} />
        </div>
      )}
    </div>
  )
}
