'use client'

import { usePathname, useSearchParams } from 'next/navigation'
import { useEffect } from 'react'
import { useKeptOffline } from '#components/offline/use-kept-offline.ts'
import type { ConversationWithMessages } from '#lib/chat/types.ts'
import { useChatClient } from './chat-context.tsx'
import { ConversationFailed, ConversationLoading, ConversationMissing } from './conversation-states.tsx'
import type { ConversationStore } from './conversation-store.ts'
import { ConversationView } from './conversation-view.tsx'
import { useCell } from './use-cell.ts'

/**
 * Shows the conversation that the address names. It follows the address by itself, so that going from one conversation
 * to another, or from a new one to its own address, asks the server for no page and mounts nothing anew.
 *
 * @param stored the conversation of the address that the server was asked for
 */
export function ChatScreen({ stored }: { stored: ConversationWithMessages | null }) {
  const client = useChatClient()
  const id = conversationIdOf(usePathname())
  const isTemporary = useSearchParams().has('temporary') && !id
  useCell(client.conversations.temporary.round)
  const store = id
    ? client.conversations.open(id, stored?.conversation.id === id ? stored : null)
    : isTemporary
      ? client.conversations.temporary.store
      : client.conversations.openNew()

  useEffect(() => (isTemporary ? client.conversations.temporary.show() : undefined), [client, isTemporary])

  useEffect(() => {
    client.shown.set(store)
    return () => client.shown.set(null)
  }, [client, store])

  return <OpenConversation key={store.id} store={store} />
}

function OpenConversation({ store }: { store: ConversationStore }) {
  const client = useChatClient()
  const { load } = useCell(store.state)
  useKeptOffline(store)

  useEffect(() => {
    store.open(client.isFresh)
    return () => store.close()
  }, [client, store])

  if (load === 'missing') return <ConversationMissing />
  if (load === 'failed') return <ConversationFailed store={store} />
  if (load === 'loading') return <ConversationLoading />
  return <ConversationView store={store} />
}

function conversationIdOf(pathname: string): string | null {
  return /^\/chat\/([^/]+)$/.exec(pathname)?.[1] ?? null
}
