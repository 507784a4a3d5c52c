'use client'

import { useEffect, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { FormDialog } from '#components/ui/dialog.tsx'
import type { ContextGauge } from '#lib/chat/context-gauge.ts'
import type { ConversationStats } from '#lib/chat/conversation-stats.ts'
import { contextFill, describeStats } from '#lib/chat/describe-stats.ts'
import { RequestError } from './chat-api.ts'
import { useChatClient } from './chat-context.tsx'
import type { ConversationStore } from './conversation-store.ts'

/** What a conversation has come to. */
export function StatsDialog({ store, onClose }: { store: ConversationStore; onClose(): void }) {
  const client = useChatClient()
  const [read, setRead] = useState<[ConversationStats, ContextGauge] | null>(null)
  const [fault, setFault] = useState<string | null>(null)

  useEffect(() => {
    let isWanted = true
    Promise.all([client.api.stats(store.id), client.api.gauge(store.id)])
      .then((both) => isWanted && setRead(both))
      .catch((error: unknown) => {
        if (!(error instanceof RequestError)) throw error
        if (isWanted) setFault(error.message)
      })
    return () => {
      isWanted = false
    }
  }, [client, store])

  return (
    <FormDialog isOpen onClose={onClose} title="This conversation">
      <div role="status" aria-busy={!read && !fault} className="min-h-72 text-sm">
        {fault && <p>{fault}</p>}
        {!fault && !read && <p className="text-muted">Counting…</p>}
        {read && (
          <dl className="grid grid-cols-[auto_1fr] gap-x-6">
            {describeStats(read[0], contextFill(read[1])).map(({ label, value, note }) => (
              <div
                key={label}
                className="col-span-2 grid grid-cols-subgrid border-line border-b py-2 last:border-0"
              >
                <dt className="text-muted">{label}</dt>
                <dd className="text-right tabular-nums">
                  <span className="font-medium">{value}</span>
                  {note && <span className="block text-muted">{note}</span>}
                </dd>
              </div>
            ))}
          </dl>
        )}
      </div>
      <div className="mt-4 flex justify-end">
        <Button onClick={onClose}>Close</Button>
      </div>
    </FormDialog>
  )
}
