'use client'

import { useRouter } from 'next/navigation'
import { createContext, use, useCallback } from 'react'
import type { ChatClient } from './chat-client.ts'

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
      if (!client.isScreenShown) router.push(path)
      else if (path !== window.location.pathname) window.history.pushState(null, '', path)
      if (path === '/') client.focusComposer()
    },
    [client, router],
  )
}
