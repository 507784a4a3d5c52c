'use client'

import { useEffect } from 'react'
import { useChatClient } from '#components/chat/chat-context.tsx'
import type { ConversationStore } from '#components/chat/conversation-store.ts'
import { useCell } from '#components/chat/use-cell.ts'
import { sharedMessages } from '#lib/chat/share.ts'
import { keepForOffline, MOST_MESSAGES } from './offline-storage.ts'

/** How long a conversation rests before it is kept, in ms. */
const REST_MS = 1_000

/** Keeps a conversation that is read on this device, for when the server cannot be reached; never a temporary one. */
export function useKeptOffline(store: ConversationStore): void {
  const client = useChatClient()
  const { load, phase, conversation, isTemporary } = useCell(store.state)
  const ids = useCell(store.transcript.ids)
  const title = conversation?.title
  const isAtRest = load === 'ready' && phase === 'idle' && !isTemporary && ids.length > 0

  useEffect(() => {
    if (!isAtRest || title === undefined) return
    const timer = setTimeout(() => {
      const messages = sharedMessages(
        ids.slice(-MOST_MESSAGES).flatMap((id) => store.transcript.find(id) ?? []),
        (persona) => client.personaLabel(persona),
      )
      void keepForOffline({ id: store.id, userId: client.userId, title, readAt: Date.now(), messages })
    }, REST_MS)
    return () => clearTimeout(timer)
  }, [client, store, isAtRest, title, ids])
}
