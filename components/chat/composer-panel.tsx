'use client'

import { useEffect } from 'react'
import { PlaceNote } from '#components/conversations/place-note.tsx'
import { BudgetNote } from './budget-note.tsx'
import { useChatClient } from './chat-context.tsx'
import { Composer } from './composer.tsx'
import type { ConversationStore } from './conversation-store.ts'
import { DiscardedBar } from './discarded-bar.tsx'
import { FaultNotice } from './fault-notice.tsx'
import { ModelGoneNote } from './model-field.tsx'
import { useCell } from './use-cell.ts'

/** The composer, under what has to be said about sending. */
export function ComposerPanel({ store }: { store: ConversationStore }) {
  const { month } = useChatClient()
  const { notice, isReconnecting, isUnsaved } = useCell(store.state)
  const isRefused = notice?.code === 'budget_exhausted'

  useEffect(() => {
    // Another page may have used it up.
    if (isRefused) void month.read()
  }, [isRefused, month])

  return (
    <div className="shrink-0 px-3 pb-[max(0.75rem,env(safe-area-inset-bottom)-var(--keyboard,0px))] md:px-6 md:pb-5">
      <div className="mx-auto w-full max-w-(--column)">
        <p role="status" className="px-4 pb-2 text-muted text-sm empty:hidden">
          {isReconnecting
            ? 'The connection is lost. Looking for the answer…'
            : isUnsaved
              ? 'The answer goes on. It cannot be saved at the moment; it is as soon as that works again.'
              : null}
        </p>
        <ModelGoneNote store={store} />
        <PlaceNote store={store} />
        <DiscardedBar store={store} />
        {!isRefused && <BudgetNote />}
        {notice && <FaultNotice notice={notice} onDismiss={() => store.dismissNotice()} />}
        <Composer store={store} />
      </div>
    </div>
  )
}
