'use client'

import { SquarePen } from 'lucide-react'
import { useGoTo } from '#components/chat/chat-context.tsx'
import { BrandMark } from '#components/ui/brand-mark.tsx'
import { AccountMenu, type AccountMenuProps } from './account-menu.tsx'
import { ConversationMenuProvider } from './conversation-menu.tsx'
import { ConversationNav } from './conversation-nav.tsx'

export interface SidebarProps {
  account: AccountMenuProps
  clock: { now: number; timeZone: string }
  /** Something was chosen that the page shows now. */
  onChosen?: () => void
}

/** The list of conversations with the way to a new one above and the account below. */
export function Sidebar({ account, clock, onChosen }: SidebarProps) {
  const goTo = useGoTo()
  return (
    <div className="flex h-full flex-col">
      <div className="flex h-14 shrink-0 items-center gap-2.5 px-4 pt-[env(safe-area-inset-top)]">
        <BrandMark />
        <span className="font-semibold tracking-tight">Stoa</span>
      </div>
      <div className="px-2 pb-2">
        <button
          type="button"
          className="flex h-10 w-full items-center gap-2.5 rounded-lg px-2 font-medium text-sm transition-colors duration-150 hover:bg-hover"
          onClick={() => {
            goTo('/')
            onChosen?.()
          }}
        >
          <SquarePen aria-hidden size={18} strokeWidth={1.75} className="text-muted" />
          New conversation
        </button>
      </div>
      <ConversationMenuProvider>
        <ConversationNav clock={clock} onChosen={onChosen} />
      </ConversationMenuProvider>
      <div className="shrink-0 border-line border-t p-2 pb-[max(0.5rem,env(safe-area-inset-bottom))]">
        <AccountMenu {...account} onChosen={onChosen} />
      </div>
    </div>
  )
}
