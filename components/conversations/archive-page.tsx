'use client'

import { useRef } from 'react'
import { useChatClient } from '#components/chat/chat-context.tsx'
import { DocumentPage } from '#components/chat/document-page.tsx'
import { useCell } from '#components/chat/use-cell.ts'
import { Button } from '#components/ui/button.tsx'
import { formatDay } from '#lib/chat/format-day.ts'
import type { ConversationListItem } from '#lib/chat/types.ts'
import { LibraryEmpty, LibraryLine } from './library-page.tsx'
import { MoreConversations } from './more-conversations.tsx'
import { focusAfterRows } from './walk-list.ts'

/** The conversations that are kept out of the list. */
export function ArchivePage() {
  const { actions, list } = useChatClient()
  const section = list.section('archived')
  const items = useCell(section.items)
  const hasMore = useCell(section.hasMore)
  const lines = useRef<HTMLUListElement>(null)

  function act(item: ConversationListItem, run: (items: ConversationListItem[]) => void) {
    const focus = focusAfterRows(lines.current, [item.id])
    run([item])
    requestAnimationFrame(() => focus()?.focus())
  }

  return (
    <DocumentPage
      title="Archive"
      intro="Conversations that you have put away. They are not in the list, and are found by search like any other. A new message brings one back to the list."
    >
      <ul ref={lines} data-list="" aria-label="Archived conversations" hidden={items.length === 0}>
        {items.map((item) => (
          <LibraryLine key={item.id} item={item} isLink note={`Last used ${formatDay(item.lastActivityAt)}`}>
            <Button
              size="small"
              aria-label={`Move back: ${item.title}`}
              onClick={() => act(item, (chosen) => void actions.archive(chosen, false))}
            >
              Move back
            </Button>
            <Button
              size="small"
              variant="quiet"
              aria-label={`Delete: ${item.title}`}
              onClick={() => act(item, (chosen) => void actions.delete(chosen))}
            >
              Delete
            </Button>
          </LibraryLine>
        ))}
      </ul>
      {!hasMore && items.length === 0 && (
        <LibraryEmpty title="Nothing is archived">
          What you archive from the menu of a conversation leaves the list and is kept here.
        </LibraryEmpty>
      )}
      <MoreConversations section={section} />
    </DocumentPage>
  )
}
