'use client'

import { type FocusEvent, useRef, useState } from 'react'
import type { ConversationListItem } from '#lib/chat/types.ts'
import { ConversationRow } from './conversation-row.tsx'
import { useVisibleRows } from './list-scroller.ts'
import { drawnRows } from './visible-rows.ts'

interface ConversationRowsProps {
  /** The heading that names the list. */
  labelledBy: string
  items: readonly ConversationListItem[]
  /** How many there will be at least once they are read: their place is kept. */
  expected?: number
  onChosen: (() => void) | undefined
}

/** A list of which only what is seen is in the DOM; each row knows its place among all of them. */
export function ConversationRows({ labelledBy, items, expected = 0, onChosen }: ConversationRowsProps) {
  const list = useRef<HTMLUListElement>(null)
  const [focusedId, setFocusedId] = useState<string | null>(null)
  const count = items.length
  const visible = useVisibleRows(list, count)
  const focused = focusedId === null ? -1 : items.findIndex(({ id }) => id === focusedId)
  const rows = drawnRows(visible, count, focused < 0 ? null : focused)

  function keepFocused({ target }: FocusEvent) {
    setFocusedId(target.closest<HTMLElement>('[data-row]')?.dataset.row ?? null)
  }

  return (
    <ul
      ref={list}
      aria-labelledby={labelledBy}
      className="relative"
      style={{ height: `calc(var(--row) * ${Math.max(count, expected)})` }}
      onFocus={keepFocused}
      onBlur={() => setFocusedId(null)}
    >
      {rows.map((row) => {
        const item = items[row]
        return (
          item && <ConversationRow key={item.id} item={item} place={row + 1} of={count} onChosen={onChosen} />
        )
      })}
    </ul>
  )
}
