'use client'

import { Archive, Download, FolderInput, Pin, PinOff, Trash2, X } from 'lucide-react'
import { type ReactNode, useRef } from 'react'
import { useChatClient } from '#components/chat/chat-context.tsx'
import { useCell } from '#components/chat/use-cell.ts'
import { useEscape } from '#components/chat/use-escape.ts'
import { Button } from '#components/ui/button.tsx'
import type { ConversationListItem } from '#lib/chat/types.ts'
import { shownOrder } from './shown-order.ts'
import { focusAfterRows, focusRow } from './walk-list.ts'

/** How many conversations are chosen, and what can be done with all of them; nothing while none are being chosen. */
export function SelectionBar() {
  const client = useChatClient()
  const { actions, libraryDialog, list, selection } = client
  const bar = useRef<HTMLElement>(null)
  const ids = useCell(selection.ids)
  useEscape(ids !== null, stop)
  if (!ids) return null
  const items = shownOrder(client).flatMap((id) => (ids.has(id) ? (list.find(id) ?? []) : []))
  const isNone = items.length === 0
  const areAllPinned = !isNone && items.every(({ pinned }) => pinned)

  /** The row that has the focus keeps it, though it is drawn otherwise. */
  function stop() {
    const row = document.activeElement?.closest<HTMLElement>('[data-row]')?.dataset.row
    const [first] = selection.ids.get() ?? []
    focusRow(bar.current, row ?? first)
    selection.end()
  }

  function leave(): () => HTMLElement | null {
    const focus = focusAfterRows(bar.current, [...(ids ?? [])])
    selection.end()
    return focus
  }

  function act(run: (chosen: ConversationListItem[]) => void) {
    const focus = leave()
    run(items)
    // What was pressed is gone with the bar.
    requestAnimationFrame(() => focus()?.focus())
  }

  return (
    <section
      ref={bar}
      aria-label="Chosen conversations"
      className="shrink-0 border-line border-t px-2 pt-1.5 pb-1"
    >
      <div className="flex items-center justify-between pl-2">
        <p role="status" className="text-sm tabular-nums">
          {isNone ? 'Choose conversations' : `${items.length} chosen`}
        </p>
        <Button variant="quiet" size="icon" aria-label="Stop choosing" onClick={stop}>
          <X aria-hidden size={18} />
        </Button>
      </div>
      <div className="grid grid-cols-5 gap-1">
        <Action
          icon={areAllPinned ? <PinOff /> : <Pin />}
          label={areAllPinned ? 'Unpin' : 'Pin'}
          isDisabled={isNone}
          onClick={() => act((chosen) => void actions.pin(chosen, !areAllPinned))}
        />
        <Action
          icon={<Archive />}
          label="Archive"
          isDisabled={isNone}
          onClick={() => act((chosen) => void actions.archive(chosen))}
        />
        <Action
          icon={<FolderInput />}
          label="Move"
          isDisabled={isNone}
          onClick={() => libraryDialog.set({ kind: 'move', items, focusAfter: leave() })}
        />
        <Action
          icon={<Download />}
          label="Export"
          isDisabled={isNone}
          onClick={() => libraryDialog.set({ kind: 'export', items })}
        />
        <Action
          icon={<Trash2 />}
          label="Delete"
          isDisabled={isNone}
          onClick={() => act((chosen) => void actions.delete(chosen))}
        />
      </div>
    </section>
  )
}

interface ActionProps {
  icon: ReactNode
  label: string
  isDisabled: boolean
  onClick(): void
}

function Action({ icon, label, isDisabled, onClick }: ActionProps) {
  return (
    <button
      type="button"
      disabled={isDisabled}
      onClick={onClick}
      className="flex h-13 flex-col items-center justify-center gap-1 rounded-lg text-xs transition-colors duration-150 hover:bg-hover disabled:pointer-events-none disabled:opacity-50"
    >
      <span aria-hidden className="[&>svg]:size-4.5">
        {icon}
      </span>
      {label}
    </button>
  )
}
