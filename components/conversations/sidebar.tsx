'use client'

import { SquarePen } from 'lucide-react'
import { useChatClient, useGoTo } from '#components/chat/chat-context.tsx'
import { PaletteButton } from '#components/palette/palette-button.tsx'
import { SearchEntry } from '#components/search/search-entry.tsx'
import { BrandMark } from '#components/ui/brand-mark.tsx'
import { AccountMenu, type AccountMenuProps } from './account-menu.tsx'
import { ConversationMenuProvider } from './conversation-menu.tsx'
import { ConversationNav } from './conversation-nav.tsx'
import { LibraryMenu } from './library-menu.tsx'
import { LibraryNoticeBar } from './library-notice-bar.tsx'
import { SelectionBar } from './selection-bar.tsx'

export interface SidebarProps {
  account: AccountMenuProps
  clock: { now: number; timeZone: string }
  /** Something was chosen that the page shows now. */
  onChosen?: () => void
}

/** The list of conversations with the way to a new one above and the account below. */
export function Sidebar({ account, clock, onChosen }: SidebarProps) {
  const client = useChatClient()
  const goTo = useGoTo()
  return (
    <div className="flex h-full flex-col">
      <div className="flex h-14 shrink-0 items-center gap-2.5 px-4 pt-[env(safe-area-inset-top)]">
        <BrandMark />
        <span className="font-semibold tracking-tight">Stoa</span>
      </div>
      <div className="flex items-center gap-0.5 px-2">
        <button
          type="button"
          data-new-conversation=""
          className="flex h-10 min-w-0 flex-1 items-center gap-2.5 rounded-lg px-2 font-medium text-sm transition-colors duration-150 hover:bg-hover"
          onClick={() => {
            client.conversations.beginIn(null)
            goTo('/')
            onChosen?.()
          }}
        >
          <SquarePen aria-hidden size={18} strokeWidth={1.75} className="text-muted" />
          New conversation
        </button>
        <LibraryMenu onChosen={onChosen} />
      </div>
      <div className="mx-2 mb-2 flex items-center gap-0.5">
        <SearchEntry onChosen={onChosen} />
        <PaletteButton onChosen={onChosen} />
      </div>
      <ConversationMenuProvider>
        <ConversationNav clock={clock} onChosen={onChosen} />
      </ConversationMenuProvider>
      <SelectionBar />
      <LibraryNoticeBar className="mx-2 mb-2" />
      <div className="shrink-0 border-line border-t p-2 pb-[max(0.5rem,env(safe-area-inset-bottom))]">
        <AccountMenu {...account} onChosen={onChosen} />
      </div>
    </div>
  )
}
