'use client'

import { useEffect } from 'react'
import { MakingHost } from '#components/making/making-host.tsx'
import { BranchNoticeBar } from './branch-notice-bar.tsx'
import { CommandDialogs } from './command-dialogs.tsx'
import { ComposerPanel } from './composer-panel.tsx'
import { ConversationHeader } from './conversation-header.tsx'
import type { ConversationStore } from './conversation-store.ts'
import { TranscriptView } from './transcript-view.tsx'
import { useCell } from './use-cell.ts'
import { useEscape } from './use-escape.ts'
import { useFocusWish } from './use-focus-wish.ts'
import { useMessageAddress } from './use-message-address.ts'
import { Welcome } from './welcome.tsx'

/** A conversation, stored or about to begin: its header, its messages, the composer. */
export function ConversationView({ store }: { store: ConversationStore }) {
  const { conversation, isTemporary, phase } = useCell(store.state)
  const hasMessages = useCell(store.transcript.ids).length > 0
  const isEmpty = useCell(store.outbox.unsent) === null && !hasMessages
  const isEditing = useCell(store.branches.editing) !== null
  // What was said must not stand in the browser's history.
  const title = isTemporary ? 'Temporary conversation' : conversation?.title

  useEffect(() => {
    document.title = title ? `${title} · Stoa` : 'Stoa'
  }, [title])

  // In the editor of a question Escape closes that.
  useEscape((phase === 'sending' || phase === 'streaming') && !isEditing, () => store.stop())
  useMessageAddress(store)
  useFocusWish(store)

  return (
    <>
      <ConversationHeader store={store} />
      {isEmpty ? <Welcome store={store} /> : <TranscriptView store={store} />}
      <BranchNoticeBar store={store} />
      <ComposerPanel store={store} />
      <CommandDialogs store={store} />
      <MakingHost store={store} />
    </>
  )
}
