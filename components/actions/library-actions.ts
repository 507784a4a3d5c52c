import { listItemOf } from '#lib/chat/list-item-of.ts'
import type { ConversationListItem } from '#lib/chat/types.ts'
import { type Action, type ActionPage, done } from './action.ts'

/** What keeps the conversation that is shown, and all of them, in order. */
export const libraryActions = [
  {
    id: 'rename',
    label: 'Rename',
    keywords: '/title conversation name',
    section: 'This conversation',
    isOffered: (page) => shownItem(page) !== null,
    run: withShown(({ client }, item) => client.libraryDialog.set({ kind: 'rename', item })),
  },
  {
    id: 'pin',
    label: 'Pin',
    keywords: 'conversation keep top favourite',
    section: 'This conversation',
    isOffered: (page) => shownItem(page)?.pinned === false,
    run: withShown(({ client }, item) => client.actions.pin([item])),
  },
  {
    id: 'unpin',
    label: 'Unpin',
    keywords: 'conversation',
    section: 'This conversation',
    isOffered: (page) => shownItem(page)?.pinned === true,
    run: withShown(({ client }, item) => client.actions.pin([item], false)),
  },
  {
    id: 'archive',
    label: 'Archive',
    keywords: 'conversation put away hide done',
    section: 'This conversation',
    isOffered: (page) => shownItem(page)?.archived === false,
    run: withShown(({ client }, item) => client.actions.archive([item])),
  },
  {
    id: 'unarchive',
    label: 'Move back to the list',
    keywords: 'unarchive conversation',
    section: 'This conversation',
    isOffered: (page) => shownItem(page)?.archived === true,
    run: withShown(({ client }, item) => client.actions.archive([item], false)),
  },
  {
    id: 'move',
    label: 'Move to folder',
    keywords: 'conversation',
    section: 'This conversation',
    isOffered: (page) => shownItem(page) !== null,
    run: withShown(({ client }, item) => client.libraryDialog.set({ kind: 'move', items: [item] })),
  },
  {
    id: 'delete',
    label: 'Delete',
    keywords: 'conversation remove trash',
    section: 'This conversation',
    isOffered: (page) => shownItem(page) !== null,
    run: withShown(({ client }, item) => client.actions.delete([item])),
  },
  {
    id: 'new-folder',
    label: 'New folder',
    keywords: 'make',
    section: 'Conversations',
    run({ client }) {
      client.libraryDialog.set({ kind: 'folder', folder: null })
      return done
    },
  },
] as const satisfies readonly Action[]

/** The conversation that is shown, as the list has it; NULL: none is, or it has not begun. */
function shownItem({ client, store }: ActionPage): ConversationListItem | null {
  const conversation = store?.state.get().conversation
  return conversation && !conversation.isTemporary
    ? (client.list.find(conversation.id) ?? listItemOf(conversation))
    : null
}

/** How it goes, and what takes it back, is said beside the list. */
function withShown(act: (page: ActionPage, item: ConversationListItem) => unknown): Action['run'] {
  return async (page) => {
    const item = shownItem(page)
    if (item) await act(page, item)
    return done
  }
}
