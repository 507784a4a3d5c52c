'use client'

import { createContext, type ReactNode, use, useState } from 'react'
import { Sidebar, type SidebarProps } from '#components/conversations/sidebar.tsx'
import { Sheet } from '#components/ui/dialog.tsx'

const SheetContext = createContext<{ open(): void }>({ open() {} })

export function useSidebarSheet(): { open(): void } {
  return use(SheetContext)
}

/** On a small screen the sidebar comes over the page, when something inside asks for it. */
export function SidebarSheet({ sidebar, children }: { sidebar: SidebarProps; children: ReactNode }) {
  const [isOpen, setOpen] = useState(false)
  const [control] = useState(() => ({ open: () => setOpen(true) }))
  return (
    <SheetContext value={control}>
      {children}
      <Sheet isOpen={isOpen} onClose={() => setOpen(false)} title="Conversations and account">
        <Sidebar {...sidebar} onChosen={() => setOpen(false)} />
      </Sheet>
    </SheetContext>
  )
}
