'use client'

import { useEffect } from 'react'
import { ComposerPanel } from './composer-panel.tsx'
import { ConversationHeader } from './conversation-header.tsx'
import type { ConversationStore } from './conversation-store.ts'
import { TranscriptView } from './transcript-view.tsx'
import { useCell } from './use-cell.ts'
import { useEscape } from './use-escape.ts'
import { Welcome } from './welcome.tsx'

/** A conversation, stored or about to begin: its header, its messages, the composer. */
export function ConversationView({ store }: { store: ConversationStore }) {
  const { conversation, phase } = useCell(store.state)
  const isEmpty = useCell(store.transcript.ids).length === 0
  const title = conversation?.title

  useEffect(() => {
    document.title = title ? `${title} · Stoa` : 'Stoa'
  }, [title])

  useEscape(phase === 'sending' || phase === 'streaming', () => store.stop())

  return (
    <>
      <ConversationHeader store={store} />
      {isEmpty ? <Welcome store={store} /> : <TranscriptView store={store} />}
      <ComposerPanel store={store} />
    </>
  )
}
