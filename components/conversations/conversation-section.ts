import { type Cell, createCell } from '#components/chat/cell.ts'
import { oneAtATime } from '#components/chat/one-at-a-time.ts'
import type { ConversationListItem, ConversationPage } from '#lib/chat/types.ts'

/** One part of the list as far as it was read, newest activity first. */
export interface ConversationSection {
  items: Cell<readonly ConversationListItem[]>
  /** Whether the server has older ones; before anything was read: yes. */
  hasMore: Cell<boolean>
  /** Reads the next page, what comes with it goes through `onPage`. */
  loadMore(): Promise<void>
  /** Takes up what changed while nobody told: reads the first page again. */
  refresh(): Promise<void>
  insert(item: ConversationListItem): void
  remove(item: ConversationListItem): void
}

interface SectionOptions {
  /** NULL: nothing was read yet. */
  first: ConversationPage | null
  read(before: string | null): Promise<ConversationPage>
  onPage(conversations: ConversationListItem[]): void
  /** It stood here and stands here no longer. */
  onGone(item: ConversationListItem): void
}

export function createConversationSection({
  first,
  read,
  onPage,
  onGone,
}: SectionOptions): ConversationSection {
  const items = createCell<readonly ConversationListItem[]>(first?.conversations ?? [])
  const hasMore = createCell(first === null || first.nextCursor !== null)
  /** NULL: the next page is the first one. */
  let nextCursor = first?.nextCursor ?? null
  let pagesRead = first === null ? 0 : 1

  async function readNext() {
    if (!hasMore.get()) return
    const page = await read(nextCursor)
    nextCursor = page.nextCursor
    pagesRead += 1
    onPage(page.conversations)
    hasMore.set(nextCursor !== null)
  }

  return {
    items,
    hasMore,
    loadMore: oneAtATime(readNext),
    async refresh() {
      if (pagesRead === 0) return
      const page = await read(null)
      const listed = new Set(page.conversations.map(({ id }) => id))
      const oldest = page.conversations.at(-1)
      // What should stand among these and does not is elsewhere now, or was deleted.
      for (const item of items.get()) {
        const isCovered = page.nextCursor === null || !oldest || byActivity(item, oldest) < 0
        if (isCovered && !listed.has(item.id)) onGone(item)
      }
      onPage(page.conversations)
      // What was the whole list may be its first page now: an import brings hundreds.
      if (pagesRead > 1) return
      nextCursor = page.nextCursor
      hasMore.set(nextCursor !== null)
    },
    insert(item) {
      const known = items.get()
      items.set(known.toSpliced(placeOf(known, item), 0, item))
    },
    remove(item) {
      const known = items.get()
      const place = placeOf(known, item)
      if (known[place]?.id === item.id) items.set(known.toSpliced(place, 1))
    },
  }
}

/** As the server orders them: by activity, then by id, both from the newest. */
export function byActivity(a: ConversationListItem, b: ConversationListItem): number {
  if (a.lastActivityAt !== b.lastActivityAt) return a.lastActivityAt < b.lastActivityAt ? 1 : -1
  return a.id === b.id ? 0 : a.id < b.id ? 1 : -1
}

/** Where an item stands or would stand: a list of ten thousand is not sorted anew for each event. */
function placeOf(items: readonly ConversationListItem[], item: ConversationListItem): number {
  let [from, to] = [0, items.length]
  while (from < to) {
    const middle = (from + to) >> 1
    const other = items[middle]
    if (other && byActivity(other, item) < 0) from = middle + 1
    else to = middle
  }
  return from
}
