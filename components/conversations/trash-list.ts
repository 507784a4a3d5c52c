import { type Cell, createCell } from '#components/chat/cell.ts'
import { oneAtATime } from '#components/chat/one-at-a-time.ts'
import type { ConversationListItem, DeletedConversation } from '#lib/chat/types.ts'
import type { LibraryApi } from './library-api.ts'

/** What was deleted and can still be restored, as far as it was read, the last deleted first. */
export interface TrashList {
  items: Cell<readonly DeletedConversation[]>
  /** Whether the server has older ones; before anything was read: yes. */
  hasMore: Cell<boolean>
  loadMore(): Promise<void>
  /** Begins anew: other tabs delete and restore, too. */
  reset(): void
  /** They were deleted now. */
  put(items: ConversationListItem[]): void
  /** They never left it: each stands where it stood. */
  putBack(items: ConversationListItem[]): void
  remove(items: readonly { id: string }[]): void
  /** Nothing is in it any more, on the server either. */
  clear(): void
  /** Which of these are in it, as the server has it now. Throws a RequestError. */
  stillThere(ids: string[]): Promise<string[]>
}

export function createTrashList(api: Pick<LibraryApi, 'deleted'>): TrashList {
  const items = createCell<readonly DeletedConversation[]>([])
  const hasMore = createCell(true)
  let nextCursor: string | null = null

  function without(gone: readonly { id: string }[]) {
    const ids = new Set(gone.map(({ id }) => id))
    return items.get().filter(({ id }) => !ids.has(id))
  }

  async function readNext() {
    if (!hasMore.get()) return
    const page = await api.deleted(nextCursor)
    nextCursor = page.nextCursor
    items.set([...without(page.conversations), ...page.conversations])
    hasMore.set(nextCursor !== null)
  }

  return {
    items,
    hasMore,
    loadMore: oneAtATime(readNext),
    reset() {
      nextCursor = null
      items.set([])
      hasMore.set(true)
    },
    put(deleted) {
      const deletedAt = new Date().toISOString()
      items.set([...deleted.map((item) => ({ ...item, deletedAt })), ...without(deleted)])
    },
    putBack(kept) {
      const before = kept.filter((item): item is DeletedConversation => 'deletedAt' in item)
      items.set([...without(kept), ...before].sort((a, b) => b.deletedAt.localeCompare(a.deletedAt)))
    },
    remove: (gone) => items.set(without(gone)),
    clear() {
      nextCursor = null
      items.set([])
      hasMore.set(false)
    },
    async stillThere(ids) {
      const wanted = new Set(ids)
      const there: string[] = []
      let before: string | null = null
      do {
        const page = await api.deleted(before)
        there.push(...page.conversations.map(({ id }) => id).filter((id) => wanted.has(id)))
        before = page.nextCursor
      } while (before !== null)
      return there
    },
  }
}
