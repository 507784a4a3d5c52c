'use client'

import { useCallback, useEffect, useState } from 'react'
import { RequestError } from '#components/chat/chat-api.ts'
import { useChatClient } from '#components/chat/chat-context.tsx'
import type { ConversationStore } from '#components/chat/conversation-store.ts'
import { useCellValue } from '#components/chat/use-cell.ts'
import { Button } from '#components/ui/button.tsx'
import { WideDialog } from '#components/ui/dialog.tsx'
import type { SummaryPage } from '#lib/chat/types.ts'
import { summaryApi } from './summary-api.ts'
import { SummaryContent } from './summary-content.tsx'

/** What the assistant reads in the place of earlier messages: to be read, changed, rolled back and made anew. */
export function SummaryDialog({ store, onClose }: { store: ConversationStore; onClose(): void }) {
  const client = useChatClient()
  const shownVersion = useCellValue(store.state, ({ summary }) => summary?.version ?? null)
  const [page, setPage] = useState<SummaryPage | null>(null)
  const [fault, setFault] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)

  const ask = useCallback(async (request: () => Promise<SummaryPage>): Promise<boolean> => {
    setBusy(true)
    setFault(null)
    try {
      setPage(await request())
      return true
    } catch (error) {
      if (!(error instanceof RequestError)) throw error
      setFault(error.message)
      return false
    } finally {
      setBusy(false)
    }
  }, [])

  // biome-ignore lint/correctness/useExhaustiveDependencies: read again when another version holds, by a fold or in another tab.
  useEffect(() => {
    void ask(() => summaryApi.list(store.id))
  }, [ask, store, shownVersion])

  async function change(request: () => Promise<SummaryPage>, done: string): Promise<boolean> {
    if (!(await ask(request))) return false
    client.announce(done)
    void store.refresh()
    return true
  }

  return (
    <WideDialog isOpen onClose={onClose} title="Summary of earlier messages">
      {page && (
        <SummaryContent
          store={store}
          page={page}
          isBusy={isBusy}
          onClose={onClose}
          onChange={change}
          onMore={async () => {
            const older = await summaryApi.list(store.id, page.nextBefore)
            setPage({ ...older, versions: [...page.versions, ...older.versions] })
          }}
        />
      )}
      {!page && !fault && <p className="text-muted text-sm">Reading it…</p>}
      {fault && (
        <p role="alert" className="mt-4 rounded-lg bg-danger-soft px-3 py-2.5 text-danger text-sm">
          {fault}
        </p>
      )}
      {!page && (
        <div className="mt-4 flex justify-end gap-2">
          {fault && <Button onClick={() => void ask(() => summaryApi.list(store.id))}>Try again</Button>}
          <Button onClick={onClose}>Close</Button>
        </div>
      )}
    </WideDialog>
  )
}
