import { type Cell, createCell } from '#components/chat/cell.ts'
import type { ConversationListItem, Folder } from '#lib/chat/types.ts'
import { placeOf } from './conversation-list.ts'
import type { FolderFields, LibraryApi } from './library-api.ts'

/** The person's folders, in their order. What changes them throws a RequestError when the server does not do it. */
export interface FolderList {
  folders: Cell<readonly Folder[]>
  find(id: string | null): Folder | undefined
  /** Takes up what changed while nobody told. */
  refresh(): Promise<void>
  make(wanted: FolderFields): Promise<Folder>
  change(id: string, change: Partial<FolderFields>): Promise<void>
  /** Shows what is in it, or hides it; at once, and kept when the server can be reached. */
  setOpen(id: string, isOpen: boolean): Promise<void>
  /** By one place up (-1) or down (1). */
  move(id: string, by: -1 | 1): Promise<void>
  remove(id: string): Promise<void>
  /** A conversation came to stand elsewhere: the counts follow. */
  count(before: ConversationListItem | undefined, after: ConversationListItem | undefined): void
}

/** Changes that come together, as those of fifty conversations, are counted anew by the server once. */
const RECOUNT_MS = 500

export function createFolderList(first: readonly Folder[], api: LibraryApi): FolderList {
  const folders = createCell<readonly Folder[]>(first)
  let recount: ReturnType<typeof setTimeout> | undefined

  function patch(id: string, change: (folder: Folder) => Partial<Folder>) {
    folders.set(folders.get().map((each) => (each.id === id ? { ...each, ...change(each) } : each)))
  }

  async function refresh() {
    folders.set(await api.folders())
  }

  return {
    folders,
    refresh,
    find: (id) => folders.get().find((folder) => folder.id === id),
    async make(wanted) {
      const made = await api.makeFolder(wanted)
      folders.set([...folders.get(), made])
      return made
    },
    async change(id, change) {
      const changed = await api.changeFolder(id, change)
      patch(id, () => changed)
    },
    async setOpen(id, isOpen) {
      patch(id, () => ({ isOpen }))
      await api.changeFolder(id, { isOpen })
    },
    async move(id, by) {
      const from = folders.get().findIndex((folder) => folder.id === id)
      const position = from + by
      const moved = folders.get()[from]
      if (!moved || position < 0 || position >= folders.get().length) return
      folders.set(folders.get().toSpliced(from, 1).toSpliced(position, 0, moved))
      await api.changeFolder(id, { position }).catch(async (error: unknown) => {
        await refresh().catch(() => undefined)
        throw error
      })
    },
    async remove(id) {
      await api.removeFolder(id)
      folders.set(folders.get().filter((folder) => folder.id !== id))
    },
    count(before, after) {
      const changes = [
        [before, -1],
        [after, 1],
      ] as const
      let isTouched = false
      for (const [item, by] of changes) {
        if (!item?.folderId) continue
        isTouched = true
        // Of one that was not known it cannot be told whether it was counted.
        if (before && placeOf(item) === item.folderId) {
          patch(item.folderId, ({ conversationCount }) => ({
            conversationCount: Math.max(0, conversationCount + by),
          }))
        }
      }
      if (!isTouched) return
      clearTimeout(recount)
      // When it fails, the next change or the next catching up counts again.
      recount = setTimeout(() => void refresh().catch(() => undefined), RECOUNT_MS)
    },
  }
}
