'use client'

import { usePathname } from 'next/navigation'
import { type ReactNode, useEffect, useState } from 'react'
import { Sidebar, type SidebarProps } from '#components/conversations/sidebar.tsx'
import { LateNotice } from '#components/late/late-notice.tsx'
import { registerWorker } from '#components/offline/register-worker.ts'
import { PaletteHost } from '#components/palette/palette-host.tsx'
import { ChatClient, type ChatSeed } from './chat-client.ts'
import { ChatProvider, useGoTo } from './chat-context.tsx'
import { SidebarSheet, useSidebarSheet } from './sidebar-sheet.tsx'
import { useCell } from './use-cell.ts'
import { useKeyboardInset } from './use-keyboard-inset.ts'

interface ChatShellProps {
  /** NULL: there is no build, as in development. */
  buildId: string | null
  seed: ChatSeed
  sidebar: SidebarProps
  children: ReactNode
}

/** What stays while one goes from conversation to conversation: the list, the account, the connection for news. */
export function ChatShell({ buildId, seed, sidebar, children }: ChatShellProps) {
  const [client] = useState(() => new ChatClient(seed))

  useEffect(
    () =>
      client.start((conversationId) => {
        // A new conversation has got its address: the screen that shows it goes on as it is.
        if (isNewShown() && client.conversations.isShownAsNew(conversationId)) {
          window.history.replaceState(null, '', `/chat/${conversationId}`)
        }
      }),
    [client],
  )

  return (
    <ChatProvider value={client}>
      <SidebarSheet sidebar={sidebar}>
        <SkipLink />
        <div className="flex h-[calc(100dvh-var(--keyboard,0px))] pr-[env(safe-area-inset-right)] [--column:37.5rem]">
          <aside
            aria-label="Conversations and account"
            className="hidden w-68 shrink-0 border-line border-r bg-surface md:block"
          >
            <Sidebar {...sidebar} />
          </aside>
          <Main>{children}</Main>
        </div>
        <Announcer client={client} />
        <LateNotice />
        <PaletteHost {...sidebar.account} />
        <Worker buildId={buildId} />
      </SidebarSheet>
    </ChatProvider>
  )
}

/** What the page is for; on a small screen a finger draws the sidebar over it. */
function Main({ children }: { children: ReactNode }) {
  const { pageSwipe } = useSidebarSheet()
  useKeyboardInset()
  return (
    <main
      {...pageSwipe}
      id="main"
      tabIndex={-1}
      className="outline-hidden flex min-w-0 flex-1 touch-pan-y touch-pinch-zoom flex-col max-md:pl-[env(safe-area-inset-left)]"
    >
      {children}
    </main>
  )
}

/** A temporary conversation is another address. */
function isNewShown(): boolean {
  return window.location.pathname === '/' && window.location.search === ''
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

/** The service worker, and what its notifications open. */
function Worker({ buildId }: { buildId: string | null }) {
  const goTo = useGoTo()
  useEffect(() => registerWorker(buildId, goTo), [buildId, goTo])
  return null
}
