'use client'

import { use, useEffect, useRef, useState } from 'react'
import { useCell } from '#components/chat/use-cell.ts'
import { Button } from '#components/ui/button.tsx'
import type { ConversationSection } from './conversation-section.ts'
import { ListScrollerContext } from './list-scroller.ts'

/** At the end of a list: reads its next page as soon as it comes near, and says when it could not. */
export function MoreConversations({
  section,
}: {
  section: Pick<ConversationSection, 'hasMore' | 'loadMore' | 'items'>
}) {
  const hasMore = useCell(section.hasMore)
  const count = useCell(section.items).length
  // After each page it is looked anew whether the end is near.
  return hasMore && <MoreSentinel key={count} loadMore={section.loadMore} />
}

/** Reads more once when it comes near; to be mounted anew after that. */
export function MoreSentinel({ loadMore }: { loadMore: () => Promise<void> }) {
  const scroller = use(ListScrollerContext)
  const sentinel = useRef<HTMLDivElement>(null)
  const [hasFailed, setFailed] = useState(false)

  useEffect(() => {
    const element = sentinel.current
    if (!element || hasFailed) return
    const observer = new IntersectionObserver(
      (entries) => {
        // When the page is busy it is told at once that it was away and that it came near: the last one holds.
        if (entries.at(-1)?.isIntersecting) loadMore().catch(() => setFailed(true))
      },
      { root: scroller.current, rootMargin: '600px' },
    )
    observer.observe(element)
    return () => observer.disconnect()
  }, [loadMore, hasFailed, scroller])

  return (
    <div ref={sentinel} className="min-h-px px-2 text-muted text-sm">
      {hasFailed && (
        <p role="alert" className="py-3">
          More conversations could not be read.{' '}
          <Button size="small" onClick={() => setFailed(false)}>
            Retry
          </Button>
        </p>
      )}
    </div>
  )
}
