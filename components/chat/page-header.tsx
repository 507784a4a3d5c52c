'use client'

import { Menu, SquarePen } from 'lucide-react'
import type { ReactNode } from 'react'
import { buttonClass } from '#components/ui/button.tsx'
import { useGoTo } from './chat-context.tsx'
import { useSidebarSheet } from './sidebar-sheet.tsx'

/** The line above a page; on a small screen with what opens the list of conversations, and choices on a second line. */
export function PageHeader({ title, children }: { title?: string; children?: ReactNode }) {
  const { open } = useSidebarSheet()
  const goTo = useGoTo()
  const iconClass = `${buttonClass({ variant: 'quiet', size: 'icon' })} md:hidden`
  return (
    <header className="flex shrink-0 flex-wrap items-center gap-x-1 px-2 pt-[max(0.5rem,env(safe-area-inset-top))] pb-1 md:h-14 md:flex-nowrap md:px-4 md:py-0">
      <button type="button" aria-label="Open conversations" className={iconClass} onClick={open}>
        <Menu aria-hidden size={18} />
      </button>
      <div className="min-w-0 flex-1 px-2">
        {title && <h1 className="truncate font-medium text-sm">{title}</h1>}
      </div>
      <button type="button" aria-label="New conversation" className={iconClass} onClick={() => goTo('/')}>
        <SquarePen aria-hidden size={18} />
      </button>
      {children && <div className="flex w-full min-w-0 items-center gap-1 md:w-auto">{children}</div>}
    </header>
  )
}
