'use client'

import { Ellipsis } from 'lucide-react'
import { usePathname } from 'next/navigation'
import { type MouseEvent, memo } from 'react'
import { useGoTo } from '#components/chat/chat-context.tsx'
import type { ConversationListItem } from '#lib/chat/types.ts'
import { ConversationMenuTrigger } from './conversation-menu.tsx'

interface ConversationRowProps {
  item: ConversationListItem
  onChosen: (() => void) | undefined
}

/** One conversation in the list: its link, whether it runs, what can be done with it. */
export function ConversationRow({ item, onChosen }: ConversationRowProps) {
  const isCurrent = usePathname() === `/chat/${item.id}`
  return <Row item={item} isCurrent={isCurrent} onChosen={onChosen} />
}

const Row = memo(function Row({ item, isCurrent, onChosen }: ConversationRowProps & { isCurrent: boolean }) {
  const goTo = useGoTo()
  const path = `/chat/${item.id}`

  function choose(event: MouseEvent) {
    // A new tab or window is the browser's business.
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    goTo(path)
    onChosen?.()
  }

  return (
    <li className="group/row relative flex items-center rounded-lg hover:bg-hover/60 has-aria-[current]:bg-hover has-data-popup-open:bg-hover">
      <a
        href={path}
        aria-current={isCurrent ? 'page' : undefined}
        title={item.title}
        onClick={choose}
        className="min-w-0 flex-1 truncate rounded-lg py-2 pr-1 pl-2 text-sm compact:py-1 aria-[current]:font-medium"
      >
        {item.title}
      </a>
      {item.running && (
        <span className="mr-1 flex size-5 shrink-0 items-center justify-center">
          <span className="size-2 animate-pulse rounded-full bg-accent" />
          <span className="sr-only">answering</span>
        </span>
      )}
      <ConversationMenuTrigger
        item={item}
        className="mr-1 flex size-7 shrink-0 items-center justify-center rounded-md text-muted opacity-0 hover:text-foreground focus-visible:opacity-100 group-focus-within/row:opacity-100 group-hover/row:opacity-100 data-popup-open:opacity-100 [@media(hover:none)]:opacity-100"
      >
        <Ellipsis aria-hidden size={16} />
      </ConversationMenuTrigger>
    </li>
  )
})
