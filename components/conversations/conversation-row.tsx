'use client'

import { Check, Ellipsis } from 'lucide-react'
import { usePathname } from 'next/navigation'
import { type DragEvent, type MouseEvent, memo } from 'react'
import { useChatClient, useGoTo } from '#components/chat/chat-context.tsx'
import { useCellValue } from '#components/chat/use-cell.ts'
import type { ConversationListItem } from '#lib/chat/types.ts'
import { ConversationMenuTrigger } from './conversation-menu.tsx'
import { dragConversations } from './drag-conversations.ts'
import { shownOrder } from './shown-order.ts'

interface ConversationRowProps {
  item: ConversationListItem
  /** In its list, from 1. */
  place: number
  /** How many the list has. */
  of: number
  onChosen: (() => void) | undefined
}

/** One conversation in the list: its link, whether it runs, what can be done with it; or whether it is chosen. */
export function ConversationRow(props: ConversationRowProps) {
  const { selection } = useChatClient()
  const isCurrent = usePathname() === `/chat/${props.item.id}`
  const isChosen = useCellValue(selection.ids, (ids) => ids?.has(props.item.id) ?? null)
  return <Row {...props} isCurrent={isCurrent} isChosen={isChosen} />
}

interface RowProps extends ConversationRowProps {
  isCurrent: boolean
  /** NULL: nothing is being chosen. */
  isChosen: boolean | null
}

const titleClass = 'min-w-0 flex-1 truncate'

const Row = memo(function Row({ item, place, of, isCurrent, isChosen, onChosen }: RowProps) {
  const client = useChatClient()
  const goTo = useGoTo()
  const path = `/chat/${item.id}`

  function open(event: MouseEvent) {
    // A new tab or window is the browser's business.
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    goTo(path)
    onChosen?.()
  }

  function drag(event: DragEvent) {
    const chosen = client.selection.ids.get()
    dragConversations(event, chosen?.has(item.id) ? [...chosen] : [item.id])
  }

  return (
    <li
      data-row={item.id}
      aria-setsize={of}
      aria-posinset={place}
      draggable
      onDragStart={drag}
      style={{ top: `calc(var(--row) * ${place - 1})` }}
      className="group/row absolute inset-x-0 flex h-(--row) items-center rounded-lg hover:bg-hover/60 has-aria-[current]:bg-hover has-checked:bg-accent-soft has-data-popup-open:bg-hover"
    >
      {isChosen === null ? (
        <a
          href={path}
          data-walk=""
          aria-current={isCurrent ? 'page' : undefined}
          title={item.title}
          draggable={false}
          onClick={open}
          className={`${titleClass} rounded-lg py-[calc((var(--row)-1.25rem)/2)] pr-1 pl-2 text-sm aria-[current]:font-medium`}
        >
          {item.title}
        </a>
      ) : (
        <label
          title={item.title}
          className="relative flex h-full min-w-0 flex-1 select-none items-center gap-2.5 rounded-lg px-2 text-sm"
        >
          <input
            type="checkbox"
            data-walk=""
            aria-label={item.title}
            checked={isChosen}
            onChange={({ nativeEvent }) =>
              nativeEvent instanceof MouseEvent && nativeEvent.shiftKey
                ? client.selection.extend(item.id, shownOrder(client))
                : client.selection.toggle(item.id)
            }
            // As large as the row, so that each click is one on it.
            className="peer absolute inset-0 cursor-pointer appearance-none rounded-lg"
          />
          <span
            aria-hidden
            className="pointer-events-none flex size-4 shrink-0 items-center justify-center rounded border border-edge bg-raised text-transparent peer-checked:border-accent peer-checked:bg-accent peer-checked:text-on-accent"
          >
            <Check size={12} strokeWidth={3} />
          </span>
          <span className={titleClass}>{item.title}</span>
        </label>
      )}
      {item.running && (
        <span className="mr-1 flex size-5 shrink-0 items-center justify-center">
          <span className="size-2 animate-pulse rounded-full bg-accent" />
          <span className="sr-only">answering</span>
        </span>
      )}
      {isChosen === null && (
        <ConversationMenuTrigger
          item={item}
          className="mr-1 flex size-7 shrink-0 items-center justify-center rounded-md text-muted opacity-0 hover:text-foreground focus-visible:opacity-100 group-focus-within/row:opacity-100 group-hover/row:opacity-100 data-popup-open:opacity-100 [@media(hover:none)]:opacity-100"
        >
          <Ellipsis aria-hidden size={16} />
        </ConversationMenuTrigger>
      )}
    </li>
  )
})
