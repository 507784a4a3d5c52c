'use client'

import { Menu, SquarePen } from 'lucide-react'
import type { ReactNode } from 'react'
import { buttonClass } from '#components/ui/button.tsx'
import { useGoTo } from './chat-context.tsx'
import { useSidebarSheet } from './sidebar-sheet.tsx'
import { TITLE_ID } from './use-focus-wish.ts'

interface PageHeaderProps {
  title?: string | undefined
  /** What can be done with what is shown. */
  actions?: ReactNode
  children?: ReactNode
}

/** The line above a page; on a small screen with what opens the list of conversations, and choices on a second line. */
export function PageHeader({ title, actions, children }: PageHeaderProps) {
  const { setOpen } = useSidebarSheet()
  const goTo = useGoTo()
  const iconClass = `${buttonClass({ variant: 'quiet', size: 'icon' })} md:hidden`
  return (
    <header className="flex shrink-0 flex-wrap items-center gap-x-1 px-2 pt-[max(0.5rem,env(safe-area-inset-top))] pb-1 md:min-h-14 md:px-4 md:py-0">
      <button
        type="button"
        aria-label="Open conversations"
        className={iconClass}
        onClick={() => setOpen(true)}
      >
        <Menu aria-hidden size={18} />
      </button>
      <div className="min-w-0 flex-1 px-2">
        {title && (
          // It can have the focus, for who comes from another conversation.
          <h1 id={TITLE_ID} tabIndex={-1} className="truncate rounded font-medium text-sm outline-offset-4">
            {title}
          </h1>
        )}
      </div>
      <button type="button" aria-label="New conversation" className={iconClass} onClick={() => goTo('/')}>
        <SquarePen aria-hidden size={18} />
      </button>
      {children && (
        <div className="flex w-full min-w-0 items-center gap-1 max-md:order-last md:w-auto">{children}</div>
      )}
      {actions}
    </header>
  )
}
