'use client'

import { useEffect, useRef, useState } from 'react'
import { useChatClient } from '#components/chat/chat-context.tsx'
import { useCell } from '#components/chat/use-cell.ts'
import { Button } from '#components/ui/button.tsx'
import { groupConversations } from '#lib/chat/group-conversations.ts'
import { ConversationMenu } from './conversation-menu.tsx'
import { ConversationRow } from './conversation-row.tsx'
import { type Clock, useClock } from './use-clock.ts'

interface ConversationNavProps {
  /** The server's clock, for the first drawing. */
  clock: { now: number; timeZone: string }
  /** A conversation was chosen. */
  onChosen?: () => void
}

/** The conversations, grouped by age, with more of them as one scrolls. */
export function ConversationNav({ clock: initialClock, onChosen }: ConversationNavProps) {
  const { list } = useChatClient()
  const items = useCell(list.items)
  const hasMore = useCell(list.hasMore)
  const clock: Clock = useClock(initialClock)
  const groups = groupConversations(items, clock)

  return (
    <nav aria-label="Conversations" className="min-h-0 flex-1 overflow-y-auto px-2 pb-4">
      {groups.length === 0 && (
        <p className="px-2 py-3 text-muted text-sm">What you talk about will be kept here.</p>
      )}
      {groups.map(({ label, conversations }) => (
        <section key={label} className="mt-4 first:mt-1 compact:mt-2.5">
          <h2 className="px-2 pb-1 font-medium text-muted text-xs">{label}</h2>
          <ul>
            {conversations.map((item) => (
              <ConversationRow key={item.id} item={item} onChosen={onChosen} />
            ))}
          </ul>
        </section>
      ))}
      {hasMore && <MoreConversations key={items.length} />}
      <ConversationMenu />
    </nav>
  )
}

/** Reads the next page as soon as it comes near. It is mounted anew after each page. */
function MoreConversations() {
  const { list } = useChatClient()
  const sentinel = useRef<HTMLDivElement>(null)
  const [hasFailed, setFailed] = useState(false)

  useEffect(() => {
    const element = sentinel.current
    if (!element || hasFailed) return
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting) list.loadMore().catch(() => setFailed(true))
      },
      { rootMargin: '300px' },
    )
    observer.observe(element)
    return () => observer.disconnect()
  }, [list, hasFailed])

  return (
    <div ref={sentinel} className="px-2 py-3 text-muted text-sm">
      {hasFailed && (
        <p role="alert">
          Older conversations could not be read.{' '}
          <Button size="small" onClick={() => setFailed(false)}>
            Retry
          </Button>
        </p>
      )}
    </div>
  )
}
