'use client'

import { useRouter } from 'next/navigation'
import { startTransition, useMemo } from 'react'
import type { ActionPage } from '#components/actions/action.ts'
import { useShortcuts } from '#components/actions/use-shortcuts.ts'
import { useChatClient, useGoTo } from '#components/chat/chat-context.tsx'
import { useCell } from '#components/chat/use-cell.ts'
import { lateOverlay } from '#components/late/late-overlay.tsx'
import { openTab } from '#components/ui/open-tab.ts'
import { saveFile } from '#components/ui/save-file.ts'

/** Each is loaded when it is opened for the first time. */
const Palette = lateOverlay(() => import('./palette.tsx').then((loaded) => loaded.Palette))
const HelpDialog = lateOverlay(() => import('./help-dialog.tsx').then((loaded) => loaded.HelpDialog))

interface PaletteHostProps {
  isAdministrator: boolean
  signOut(): Promise<void>
}

/** The keys of every page, and what they open above it. */
export function PaletteHost({ isAdministrator, signOut }: PaletteHostProps) {
  const client = useChatClient()
  const router = useRouter()
  const goTo = useGoTo()
  const store = useCell(client.shown)
  const overlay = useCell(client.overlay)
  const page = useMemo<ActionPage>(
    () => ({
      ...{ client, store, isAdministrator, goTo, openTab, save: saveFile },
      open: (path) => router.push(path),
      signOut: () => startTransition(signOut),
    }),
    [client, store, isAdministrator, goTo, router, signOut],
  )
  useShortcuts(page)
  const close = () => client.overlay.set(null)

  if (overlay === 'palette') {
    return (
      <Palette
        page={page}
        onClose={close}
        onChoose={(does) => {
          close()
          // Once the focus is back where it was: what is done may move it on, or ask where it is.
          requestAnimationFrame(does)
        }}
      />
    )
  }
  if (overlay === 'help') return <HelpDialog onClose={close} />
  return null
}
