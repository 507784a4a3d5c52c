'use client'

import { usePathname } from 'next/navigation'
import { type ReactNode, useEffect, useState } from 'react'
import { Sidebar, type SidebarProps } from '#components/conversations/sidebar.tsx'
import { ChatClient, type ChatSeed } from './chat-client.ts'
import { ChatProvider } from './chat-context.tsx'
import { SidebarSheet } from './sidebar-sheet.tsx'
import { useCell } from './use-cell.ts'

interface ChatShellProps {
  seed: ChatSeed
  sidebar: SidebarProps
  children: ReactNode
}

/** What stays while one goes from conversation to conversation: the list, the account, the connection for news. */
export function ChatShell({ seed, sidebar, children }: ChatShellProps) {
  const [client] = useState(() => new ChatClient(seed))

  useEffect(
    () =>
      client.start((conversationId) => {
        // A new conversation has got its address: the screen that shows it goes on as it is.
        if (window.location.pathname === '/' && client.isShownAsNew(conversationId)) {
          window.history.replaceState(null, '', `/chat/${conversationId}`)
        }
      }),
    [client],
  )

  return (
    <ChatProvider value={client}>
      <SidebarSheet sidebar={sidebar}>
        <SkipLink />
        <div className="flex h-dvh [--column:37.5rem]">
          <aside className="hidden w-68 shrink-0 border-line border-r bg-surface md:block">
            <Sidebar {...sidebar} />
          </aside>
          <main className="flex min-w-0 flex-1 flex-col">{children}</main>
        </div>
        <Announcer client={client} />
      </SidebarSheet>
    </ChatProvider>
  )
}

/** Past the list of conversations, to what the page is for. */
function SkipLink() {
  const pathname = usePathname()
  const isConversation = pathname === '/' || pathname.startsWith('/chat/')
  return (
    <a
      href={isConversation ? '#composer' : '#page'}
      className="sr-only z-50 rounded-lg bg-raised px-4 py-2 font-medium text-sm focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
    >
      {isConversation ? 'Skip to the message' : 'Skip to the page'}
    </a>
  )
}

function Announcer({ client }: { client: ChatClient }) {
  return (
    <p role="status" aria-live="polite" className="sr-only">
      {useCell(client.announcement)}
    </p>
  )
}
