import type { ConversationList } from './conversation-list.ts'
import type { FolderList } from './folder-list.ts'

/** The ids of all conversations that the list shows, from top to bottom, those of closed folders left out. */
export function shownOrder({ list, folders }: { list: ConversationList; folders: FolderList }): string[] {
  const open = folders.folders.get().filter(({ isOpen }) => isOpen)
  return ['pinned', ...open.map(({ id }) => id), 'recent'].flatMap((name) =>
    list
      .section(name)
      .items.get()
      .map(({ id }) => id),
  )
}
