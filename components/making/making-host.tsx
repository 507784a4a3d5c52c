'use client'

import { useEffect } from 'react'
import type { ConversationStore } from '#components/chat/conversation-store.ts'
import { useCell } from '#components/chat/use-cell.ts'
import { lateOverlay } from '#components/late/late-overlay.tsx'

/** Loaded when one is opened for the first time. */
const MakingSheet = lateOverlay(() => import('./making-sheet.tsx').then((loaded) => loaded.MakingSheet))

/** How an answer was made, as long as that answer is the one that is shown in its place. */
export function MakingHost({ store }: { store: ConversationStore }) {
  const open = useCell(store.making)
  const ids = useCell(store.transcript.ids)
  const isShown = open !== null && ids.includes(open.messageId)

  useEffect(() => {
    // Another version has taken its place, perhaps by another tab, or it was deleted.
    if (open && !isShown) store.making.set(null)
  }, [store, open, isShown])

  useEffect(() => () => store.making.set(null), [store])

  if (!isShown) return null
  return <MakingSheet key={open.messageId} store={store} open={open} onClose={() => store.making.set(null)} />
}
