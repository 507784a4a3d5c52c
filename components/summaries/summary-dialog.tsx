'use client'

import { useEffect, useState } from 'react'
import { useChatClient } from '#components/chat/chat-context.tsx'
import type { ConversationStore } from '#components/chat/conversation-store.ts'
import { useCell, useCellValue } from '#components/chat/use-cell.ts'
import { Button } from '#components/ui/button.tsx'
import { WideDialog } from '#components/ui/dialog.tsx'
import { SummaryContent } from './summary-content.tsx'
import { SummaryReader } from './summary-reader.ts'

/** What the assistant reads in the place of earlier messages: to be read, changed, rolled back and made anew. */
export function SummaryDialog({ store, onClose }: { store: ConversationStore; onClose(): void }) {
  const client = useChatClient()
  const shownVersion = useCellValue(store.state, ({ summary }) => summary?.version ?? null)
  const [reader] = useState(() => new SummaryReader(store.id))
  const page = useCell(reader.page)
  const fault = useCell(reader.fault)
  const isEditing = useCell(reader.editing) !== null

  // biome-ignore lint/correctness/useExhaustiveDependencies: read again when another version holds, by a fold or in another tab.
  useEffect(() => {
    void reader.read()
  }, [reader, shownVersion])

  function say(done: string) {
    client.announce(done)
    void store.refresh()
  }

  return (
    <WideDialog isOpen onClose={onClose} title="Summary of earlier messages" isWrittenIn={isEditing}>
      {page && <SummaryContent {...{ store, reader, page, onClose }} onDone={say} />}
      {!page && !fault && <p className="text-muted text-sm">Reading it…</p>}
      {fault && (
        <p role="alert" className="mt-4 rounded-lg bg-danger-soft px-3 py-2.5 text-danger text-sm">
          {fault}
        </p>
      )}
      {!page && (
        <div className="mt-4 flex justify-end gap-2">
          {fault && <Button onClick={() => void reader.read()}>Try again</Button>}
          <Button onClick={onClose}>Close</Button>
        </div>
      )}
    </WideDialog>
  )
}
