'use client'

import { lateOverlay } from '#components/late/late-overlay.tsx'
import type { ConversationStore } from './conversation-store.ts'
import { useCell } from './use-cell.ts'

/** Loaded when one of them is opened for the first time. */
const StatsDialog = lateOverlay(() => import('./stats-dialog.tsx').then((loaded) => loaded.StatsDialog))

const SummaryDialog = lateOverlay(() =>
  import('#components/summaries/summary-dialog.tsx').then((loaded) => loaded.SummaryDialog),
)

const ShareDialog = lateOverlay(() =>
  import('#components/share/share-dialog.tsx').then((loaded) => loaded.ShareDialog),
)

/** What a command has opened above the conversation. */
export function CommandDialogs({ store }: { store: ConversationStore }) {
  const open = useCell(store.dialog)
  const close = () => store.dialog.set(null)
  if (open === 'stats') return <StatsDialog store={store} onClose={close} />
  if (open === 'summary') return <SummaryDialog store={store} onClose={close} />
  if (open === 'share') return <ShareDialog conversationId={store.id} onClose={close} />
  return null
}
