'use client'

import { ChevronRight, Ellipsis } from 'lucide-react'
import { type KeyboardEvent, useId } from 'react'
import { useChatClient } from '#components/chat/chat-context.tsx'
import { useCell } from '#components/chat/use-cell.ts'
import { classNames } from '#components/ui/class-names.ts'
import type { Folder } from '#lib/chat/types.ts'
import { ConversationRows } from './conversation-rows.tsx'
import { FolderMenu } from './folder-menu.tsx'
import { MoreConversations } from './more-conversations.tsx'
import { useConversationDrop } from './use-conversation-drop.ts'

/** What is read of a folder at once. */
const PAGE_SIZE = 40

interface FolderSectionProps {
  folder: Folder
  isFirst: boolean
  isLast: boolean
  onChosen: (() => void) | undefined
}

/** A folder with what is in it, which can be hidden. Conversations are dropped on it to be moved there. */
export function FolderSection({ folder, isFirst, isLast, onChosen }: FolderSectionProps) {
  const { folders, actions } = useChatClient()
  const heading = useId()
  const { isOver, handlers } = useConversationDrop(folder.id)
  const { isOpen } = folder

  function setOpen(wanted: boolean) {
    folders.setOpen(folder.id, wanted).catch((error: unknown) => actions.fail(error, () => setOpen(wanted)))
  }

  function onKeyDown({ key }: KeyboardEvent) {
    if (key === 'ArrowRight' && !isOpen) setOpen(true)
    if (key === 'ArrowLeft' && isOpen) setOpen(false)
  }

  return (
    <div {...handlers} className={classNames('rounded-lg', isOver && 'bg-accent-soft')}>
      <div className="group/row relative flex h-(--row) items-center rounded-lg hover:bg-hover/60 has-data-popup-open:bg-hover">
        <h3 className="min-w-0 flex-1">
          <button
            id={heading}
            type="button"
            data-walk=""
            aria-expanded={isOpen}
            title={folder.name}
            onClick={() => setOpen(!isOpen)}
            onKeyDown={onKeyDown}
            className="flex h-(--row) w-full items-center gap-1.5 rounded-lg pr-2 pl-1.5 text-left text-sm [@media(hover:none)]:pr-9"
          >
            <ChevronRight
              aria-hidden
              size={14}
              className={classNames(
                'shrink-0 text-muted transition-transform duration-150',
                isOpen && 'rotate-90',
              )}
            />
            <span className="truncate">{folder.name}</span>
            <span className="ml-auto pl-1 text-muted text-xs tabular-nums [@media(hover:hover)]:group-focus-within/row:opacity-0 [@media(hover:hover)]:group-hover/row:opacity-0 [@media(hover:hover)]:group-has-data-popup-open/row:opacity-0">
              {folder.conversationCount}
              <span className="sr-only">
                {folder.conversationCount === 1 ? ' conversation' : ' conversations'}
              </span>
            </span>
          </button>
        </h3>
        <FolderMenu
          {...{ folder, isFirst, isLast, onChosen }}
          className="absolute right-1 flex size-7 items-center justify-center rounded-md text-muted opacity-0 hover:text-foreground focus-visible:opacity-100 group-focus-within/row:opacity-100 group-hover/row:opacity-100 data-popup-open:opacity-100 [@media(hover:none)]:opacity-100"
        >
          <Ellipsis aria-hidden size={16} />
        </FolderMenu>
      </div>
      {isOpen && <FolderContent {...{ folder, heading, onChosen }} />}
    </div>
  )
}

interface FolderContentProps {
  folder: Folder
  /** The id of the element that names it. */
  heading: string
  onChosen: (() => void) | undefined
}

function FolderContent({ folder, heading, onChosen }: FolderContentProps) {
  const section = useChatClient().list.section(folder.id)
  const items = useCell(section.items)
  const hasMore = useCell(section.hasMore)
  const isEmpty = folder.conversationCount === 0 && items.length === 0
  return (
    <div className="ml-3 border-line border-l pl-1">
      {isEmpty ? (
        <p className="py-1.5 pl-2 text-muted text-sm">Nothing in it yet.</p>
      ) : (
        <ConversationRows
          labelledBy={heading}
          items={items}
          // Its place is kept, so that nothing below it jumps when it is read.
          expected={hasMore ? Math.min(folder.conversationCount, PAGE_SIZE) : 0}
          onChosen={onChosen}
        />
      )}
      {!isEmpty && <MoreConversations section={section} />}
    </div>
  )
}
