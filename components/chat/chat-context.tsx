'use client'

import { useRouter } from 'next/navigation'
import { createContext, use, useCallback } from 'react'
import type { ChatClient } from './chat-client.ts'
import { TEMPORARY_PATH } from './temporary-conversation.ts'
import { focusOnArrival } from './use-focus-wish.ts'

const ChatContext = createContext<ChatClient | null>(null)

export const ChatProvider = ChatContext.Provider

export function useChatClient(): ChatClient {
  const client = use(ChatContext)
  if (!client) throw new Error('useChatClient needs a ChatProvider above it.')
  return client
}

/** Goes to another conversation without asking the server for a page: the screen that is there shows what the address names. */
export function useGoTo(): (path: string) => void {
  const client = useChatClient()
  const router = useRouter()
  return useCallback(
    (path) => {
      // Where no screen is (a page that was not found), there is nothing to follow the address.
      if (client.shown.get() === null) router.push(path)
      else if (path !== window.location.pathname + window.location.search) {
        window.history.pushState(null, '', path)
        // The browser tells only of what it does itself: the message that the address names is to be shown.
        if (path.includes('#')) window.dispatchEvent(new HashChangeEvent('hashchange'))
      }
      const [, conversationId] = /^\/chat\/([^/#]+)$/.exec(path) ?? []
      // A message that the address names has the focus once it is shown.
      if (path === '/' || path === TEMPORARY_PATH) client.focusComposer()
      else if (conversationId) client.focusWish.set(focusOnArrival(conversationId))
    },
    [client, router],
  )
}
