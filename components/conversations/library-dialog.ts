import { type Cell, createCell } from '#components/chat/cell.ts'
import type { ConversationListItem, Folder } from '#lib/chat/types.ts'

/** A question about the library that is asked above the page. */
export type LibraryDialog =
  | { kind: 'rename'; item: ConversationListItem }
  | { kind: 'share'; item: ConversationListItem }
  | { kind: 'move'; items: ConversationListItem[]; focusAfter?: () => HTMLElement | null }
  /** NULL: a new one, for these conversations if any. */
  | { kind: 'folder'; folder: Folder | null }
  | { kind: 'delete-folder'; folder: Folder }
  | { kind: 'export'; items: ConversationListItem[] }
  /** NULL: all that is in the trash. */
  | { kind: 'erase'; item: ConversationListItem | null }

export type LibraryDialogCell = Cell<LibraryDialog | null>

export function createLibraryDialog(): LibraryDialogCell {
  return createCell<LibraryDialog | null>(null)
}
