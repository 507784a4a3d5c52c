'use client'

import { useEffect, useRef } from 'react'
import { useChatClient } from '#components/chat/chat-context.tsx'
import { DocumentPage } from '#components/chat/document-page.tsx'
import { useCell } from '#components/chat/use-cell.ts'
import { Button } from '#components/ui/button.tsx'
import type { DeletedConversation } from '#lib/chat/types.ts'
import { daysLeft } from './days-left.ts'
import { LibraryEmpty, LibraryLine } from './library-page.tsx'
import { MoreConversations } from './more-conversations.tsx'

/** What was deleted and can still be restored. */
export function TrashPage() {
  const { actions, libraryDialog, trash } = useChatClient()
  const items = useCell(trash.items)
  const hasMore = useCell(trash.hasMore)
  const lines = useRef<HTMLUListElement>(null)

  useEffect(() => trash.reset(), [trash])

  function restore(item: DeletedConversation) {
    const place = items.indexOf(item)
    void actions.restore([item])
    requestAnimationFrame(() => {
      const buttons = lines.current?.querySelectorAll<HTMLElement>('[data-restore]')
      const next = buttons?.[Math.min(place, buttons.length - 1)]
      ;(next ?? document.getElementById('page'))?.focus()
    })
  }

  return (
    <DocumentPage
      title="Trash"
      intro="What you delete is kept here for 30 days, in case you want it back. Then it is gone for good."
      actions={
        items.length > 0 && (
          <Button variant="secondary" onClick={() => libraryDialog.set({ kind: 'erase', item: null })}>
            Empty trash…
          </Button>
        )
      }
    >
      <ul ref={lines} aria-label="Deleted conversations" hidden={items.length === 0}>
        {items.map((item) => (
          <LibraryLine key={item.id} item={item} isLink={false} note={daysLeft(item.deletedAt, Date.now())}>
            <Button
              size="small"
              data-restore=""
              aria-label={`Restore: ${item.title}`}
              onClick={() => restore(item)}
            >
              Restore
            </Button>
            <Button
              size="small"
              variant="quiet"
              className="text-danger!"
              aria-label={`Delete forever: ${item.title}`}
              onClick={() => libraryDialog.set({ kind: 'erase', item })}
            >
              Delete forever…
            </Button>
          </LibraryLine>
        ))}
      </ul>
      {!hasMore && items.length === 0 && (
        <LibraryEmpty title="The trash is empty">
          A conversation that you delete comes here first, and can be restored for 30 days.
        </LibraryEmpty>
      )}
      <MoreConversations section={trash} />
    </DocumentPage>
  )
}
