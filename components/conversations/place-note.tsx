'use client'

import { Folder, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useChatClient } from '#components/chat/chat-context.tsx'
import type { ConversationStore } from '#components/chat/conversation-store.ts'
import { useCell } from '#components/chat/use-cell.ts'
import { Button } from '#components/ui/button.tsx'

/** Above the composer: that the conversation is archived, or in which folder a new one is begun. */
export function PlaceNote({ store }: { store: ConversationStore }) {
  const client = useChatClient()
  const folders = useCell(client.folders.folders)
  const { load, conversation, folderId } = useCell(store.state)
  const folder = load === 'new' ? folders.find(({ id }) => id === folderId) : undefined

  if (conversation?.archived) {
    return (
      <Note text="This conversation is archived. A new message brings it back to the list.">
        <Button
          variant="quiet"
          size="small"
          onClick={() => {
            void client.actions.archive([conversation], false)
            client.focusComposer()
          }}
        >
          Move back
        </Button>
      </Note>
    )
  }
  if (!folder) return null
  return (
    <Note
      icon={<Folder aria-hidden size={16} className="shrink-0 text-muted" />}
      text={`In the folder ${folder.name}`}
    >
      <Button
        variant="quiet"
        size="icon"
        className="size-8"
        aria-label="Begin it outside the folder"
        onClick={() => {
          client.conversations.beginIn(null)
          client.focusComposer()
        }}
      >
        <X aria-hidden size={16} />
      </Button>
    </Note>
  )
}

function Note({ icon, text, children }: { icon?: ReactNode; text: string; children: ReactNode }) {
  return (
    <div className="mb-2 flex items-center gap-2 rounded-xl bg-surface py-1 pr-1 pl-4 text-sm">
      {icon}
      <p className="line-clamp-2 min-w-0 flex-1 py-1.5 wrap-anywhere">{text}</p>
      {children}
    </div>
  )
}
