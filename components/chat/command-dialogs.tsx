'use client'

import dynamic from 'next/dynamic'
import type { ConversationStore } from './conversation-store.ts'
import { useCell } from './use-cell.ts'

/** Loaded when one of them is opened for the first time. */
const HelpDialog = dynamic(() => import('./help-dialog.tsx').then((loaded) => loaded.HelpDialog))
const StatsDialog = dynamic(() => import('./stats-dialog.tsx').then((loaded) => loaded.StatsDialog))

const SummaryDialog = dynamic(() =>
  import('#components/summaries/summary-dialog.tsx').then((loaded) => loaded.SummaryDialog),
)

/** What a command has opened above the conversation. */
export function CommandDialogs({ store }: { store: ConversationStore }) {
  const open = useCell(store.dialog)
  const close = () => store.dialog.set(null)
  if (open === 'help') return <HelpDialog onClose={close} />
  if (open === 'stats') return <StatsDialog store={store} onClose={close} />
  if (open === 'summary') return <SummaryDialog store={store} onClose={close} />
  return null
}
