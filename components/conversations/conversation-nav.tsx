'use client'

import { type KeyboardEvent, useId, useRef } from 'react'
import { useChatClient } from '#components/chat/chat-context.tsx'
import { useCell } from '#components/chat/use-cell.ts'
import { classNames } from '#components/ui/class-names.ts'
import { useLongPress } from '#components/ui/use-long-press.ts'
import { groupConversations } from '#lib/chat/group-conversations.ts'
import { ConversationMenu } from './conversation-menu.tsx'
import { ConversationRows } from './conversation-rows.tsx'
import { FolderSection } from './folder-section.tsx'
import { ListScrollerContext } from './list-scroller.ts'
import { MoreConversations } from './more-conversations.tsx'
import { sectionClass, sectionHeadingClass } from './section-class.ts'
import { shownOrder } from './shown-order.ts'
import { useClock } from './use-clock.ts'
import { useConversationDrop } from './use-conversation-drop.ts'
import { walkList } from './walk-list.ts'

interface ConversationNavProps {
  /** The server's clock, for the first drawing. */
  clock: { now: number; timeZone: string }
  /** A conversation was chosen. */
  onChosen?: () => void
}

/** The conversations: pinned ones, folders, and the rest by age, with more of them as one scrolls. */
export function ConversationNav({ clock, onChosen }: ConversationNavProps) {
  const client = useChatClient()
  const scroller = useRef<HTMLElement>(null)
  const folders = useCell(client.folders.folders)
  const pinned = useCell(client.list.section('pinned').items)
  const recent = useCell(client.list.section('recent').items)
  const isEmpty = folders.length + pinned.length + recent.length === 0

  // On a touch screen a row is not dragged, and its link has no menu of the browser's.
  const press = useLongPress(
    ({ target }) =>
      target.closest('[data-row]')?.querySelector<HTMLElement>('[aria-haspopup="menu"]')?.click(),
    'button, input',
  )

  function walk(event: KeyboardEvent<HTMLElement>) {
    const { selection } = client
    // The keys of a menu come here, too, by way of React.
    if (!(event.target instanceof Node && event.currentTarget.contains(event.target))) return
    const isChoosing = selection.ids.get() !== null
    if (isChoosing && event.key === 'a' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      selection.begin(...shownOrder(client))
      return
    }
    const row = walkList(event)?.closest<HTMLElement>('[data-row]')?.dataset.row
    if (isChoosing && row && event.shiftKey) selection.extend(row, shownOrder(client))
  }

  return (
    <nav
      ref={scroller}
      data-list=""
      aria-label="Conversations"
      onKeyDown={walk}
      {...press}
      className="touch-pan-y touch-pinch-zoom pointer-coarse:select-none pointer-coarse:[-webkit-touch-callout:none] min-h-0 flex-1 overflow-y-auto px-2 pb-4 [--row:2.25rem] compact:[--row:1.75rem] pointer-coarse:[--row:2.75rem]"
    >
      <ListScrollerContext value={scroller}>
        <div>
          {isEmpty && <p className="px-2 py-3 text-muted text-sm">What you talk about will be kept here.</p>}
          {pinned.length > 0 && <PinnedConversations onChosen={onChosen} />}
          {folders.length > 0 && (
            <section className={sectionClass} aria-label="Folders">
              <h2 className={sectionHeadingClass}>Folders</h2>
              {folders.map((folder, place) => (
                <FolderSection
                  key={folder.id}
                  folder={folder}
                  isFirst={place === 0}
                  isLast={place === folders.length - 1}
                  onChosen={onChosen}
                />
              ))}
            </section>
          )}
          <RecentConversations clock={clock} onChosen={onChosen} />
        </div>
      </ListScrollerContext>
      <ConversationMenu list={scroller} />
    </nav>
  )
}

function PinnedConversations({ onChosen }: Pick<ConversationNavProps, 'onChosen'>) {
  const section = useChatClient().list.section('pinned')
  const items = useCell(section.items)
  const heading = useId()
  return (
    <section className={sectionClass}>
      <h2 id={heading} className={sectionHeadingClass}>
        Pinned
      </h2>
      <ConversationRows labelledBy={heading} items={items} onChosen={onChosen} />
      <MoreConversations section={section} />
    </section>
  )
}

/** What is in no folder. Conversations that are dragged there from one are moved out of it. */
function RecentConversations({ clock: initialClock, onChosen }: ConversationNavProps) {
  const section = useChatClient().list.section('recent')
  const items = useCell(section.items)
  const clock = useClock(initialClock)
  const id = useId()
  const { isOver, handlers } = useConversationDrop(null)
  return (
    <div
      {...handlers}
      className={classNames('mt-3 min-h-16 rounded-lg first:mt-0', isOver && 'bg-accent-soft')}
    >
      {groupConversations(items, clock).map(({ label, conversations }, group) => (
        <section key={label} className={sectionClass}>
          <h2 id={`${id}-${group}`} className={sectionHeadingClass}>
            {label}
          </h2>
          <ConversationRows labelledBy={`${id}-${group}`} items={conversations} onChosen={onChosen} />
        </section>
      ))}
      <MoreConversations section={section} />
    </div>
  )
}
