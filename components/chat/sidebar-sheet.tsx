'use client'

import { createContext, type ReactNode, use, useEffect, useState } from 'react'
import { LibraryDialogs } from '#components/conversations/library-dialogs.tsx'
import { LibraryNoticeBar } from '#components/conversations/library-notice-bar.tsx'
import { Sidebar, type SidebarProps } from '#components/conversations/sidebar.tsx'
import { lateOverlay } from '#components/late/late-overlay.tsx'
import { type SheetControl, useSheet } from '#components/ui/use-sheet.ts'

const loadSheet = () => import('#components/ui/sheet.tsx').then((loaded) => loaded.Sheet)

/** A large screen never loads it. */
const Sheet = lateOverlay(loadSheet)

const SheetContext = createContext<SheetControl | null>(null)

export function useSidebarSheet(): SheetControl {
  const control = use(SheetContext)
  if (!control) throw new Error('useSidebarSheet needs a SidebarSheet above it.')
  return control
}

/** On a small screen the sidebar comes over the page, when something inside asks for it or a finger draws it. */
export function SidebarSheet({ sidebar, children }: { sidebar: SidebarProps; children: ReactNode }) {
  const [isOpen, setOpen] = useState(false)
  // What closes is still seen.
  const [wasOpen, setWasOpen] = useState(false)
  if (isOpen && !wasOpen) setWasOpen(true)
  const control = useSheet(isOpen, setOpen, isSmallScreen)

  function close() {
    setOpen(false)
    setWasOpen(false)
  }

  useEffect(() => {
    // A finger does not wait for it. What cannot be had now is asked for again when it is wanted.
    if (isSmallScreen()) loadSheet().catch(() => undefined)
  }, [])

  return (
    <SheetContext value={control}>
      {children}
      {!isOpen && (
        <>
          <LibraryNoticeBar className="fixed inset-x-3 top-[max(0.75rem,env(safe-area-inset-top))] z-20 shadow-raised md:hidden" />
          <LibraryDialogs />
        </>
      )}
      {wasOpen && (
        <Sheet control={control} title="Conversations and account" onClose={close}>
          <Sidebar {...sidebar} onChosen={() => setOpen(false)} />
          <LibraryDialogs />
        </Sheet>
      )}
    </SheetContext>
  )
}

/** As the style sheet has it, where the sidebar stands beside the page otherwise. */
function isSmallScreen(): boolean {
  return window.matchMedia('(width < 48rem)').matches
}
