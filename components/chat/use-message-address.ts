'use client'

import { useCallback, useEffect, useEffectEvent, useState } from 'react'
import type { ConversationStore } from './conversation-store.ts'
import { useCell, useCellValue } from './use-cell.ts'

/** Other anchors (of the composer) are none of ours. */
const messageAnchor = /^#([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/

/**
 * Shows the message that the address names (`#id`): on another branch, too, as soon as no answer runs. Once another
 * branch is chosen, the address lets go of it, so that a reload does not go back.
 */
export function useMessageAddress(store: ConversationStore): void {
  const ids = useCell(store.transcript.ids)
  const isIdle = useCellValue(store.state, ({ phase }) => phase === 'idle')
  const [wanted, setWanted] = useState<string | null>(null)
  const [named, setNamed] = useState<string | null>(null)

  const readAddress = useCallback(() => {
    setWanted(messageAnchor.exec(window.location.hash)?.[1] ?? null)
    setNamed(null)
  }, [])

  const show = useEffectEvent(async (messageId: string) => {
    const { branches, transcript } = store
    const found = transcript.find(messageId) ? 'shown' : await store.reach(messageId)
    if (found === 'elsewhere' && !isIdle) return
    setWanted(null)
    if (found === 'failed' || (found === 'elsewhere' && !(await branches.openAddress(messageId)))) return
    branches.reveal(messageId)
    setNamed(messageId)
  })

  useEffect(() => {
    readAddress()
    window.addEventListener('hashchange', readAddress)
    return () => window.removeEventListener('hashchange', readAddress)
  }, [readAddress])

  // biome-ignore lint/correctness/useExhaustiveDependencies: what waited for the answer to end is shown then.
  useEffect(() => {
    if (wanted !== null) void show(wanted)
  }, [wanted, isIdle])

  useEffect(() => {
    if (named === null || ids.includes(named)) return
    setNamed(null)
    if (window.location.hash === `#${named}`) {
      window.history.replaceState(null, '', window.location.pathname + window.location.search)
    }
  }, [named, ids])
}
