import { type Cell, createCell } from '#components/chat/cell.ts'
import type { ChatApi } from '#components/chat/chat-api.ts'
import type { ConversationEvent, ConversationListItem, ConversationPage } from '#lib/chat/types.ts'

/** The list of conversations as far as it was read, newest activity first. */
export interface ConversationList {
  items: Cell<readonly ConversationListItem[]>
  hasMore: Cell<boolean>
  /** Reads the next page. */
  loadMore(): Promise<void>
  /** Takes up what changed while nobody told: reads the first page again. */
  refresh(): Promise<void>
  apply(event: ConversationEvent): void
  put(item: ConversationListItem): void
  remove(id: string): void
}

export function createConversationList(
  first: ConversationPage,
  api: Pick<ChatApi, 'list'>,
): ConversationList {
  const items = createCell<readonly ConversationListItem[]>(first.conversations)
  const hasMore = createCell(first.nextCursor !== null)
  let nextCursor = first.nextCursor
  let loading: Promise<void> | null = null

  function merge(changed: readonly ConversationListItem[]) {
    const byId = new Map(items.get().map((item) => [item.id, item]))
    for (const item of changed) {
      const known = byId.get(item.id)
      if (!known || !isSame(known, item)) byId.set(item.id, item)
    }
    items.set([...byId.values()].sort(byActivity))
  }

  function remove(id: string) {
    items.set(items.get().filter((item) => item.id !== id))
  }

  async function readNext() {
    if (nextCursor === null) return
    const page = await api.list(nextCursor)
    nextCursor = page.nextCursor
    merge(page.conversations)
    hasMore.set(nextCursor !== null)
  }

  return {
    items,
    hasMore,
    loadMore() {
      loading ??= readNext().finally(() => {
        loading = null
      })
      return loading
    },
    async refresh() {
      const page = await api.list(null)
      const listed = new Set(page.conversations.map(({ id }) => id))
      const oldest = page.conversations.at(-1)
      // What should stand among these and does not was deleted elsewhere.
      const isGone = (item: ConversationListItem) =>
        !listed.has(item.id) && (page.nextCursor === null || !oldest || byActivity(item, oldest) < 0)
      items.set(items.get().filter((item) => !isGone(item)))
      merge(page.conversations)
    },
    apply({ deleted, activeLeafId: _, ...item }) {
      if (deleted) remove(item.id)
      else merge([item])
    },
    put: (item) => merge([item]),
    remove,
  }
}

/** As the server orders them: by activity, then by id, both from the newest. */
function byActivity(a: ConversationListItem, b: ConversationListItem): number {
  if (a.lastActivityAt !== b.lastActivityAt) return a.lastActivityAt < b.lastActivityAt ? 1 : -1
  return a.id < b.id ? 1 : -1
}

function isSame(a: ConversationListItem, b: ConversationListItem): boolean {
  return (
    a.title === b.title &&
    a.titleSource === b.titleSource &&
    a.lastActivityAt === b.lastActivityAt &&
    a.running === b.running
  )
}
