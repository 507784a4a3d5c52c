import type { ConversationListItem } from './types.ts'

/** What a list shows of a conversation, without the rest that is known of it. */
export function listItemOf(conversation: ConversationListItem): ConversationListItem {
  const { id, title, titleSource, lastActivityAt, running, pinned, archived, folderId } = conversation
  return { id, title, titleSource, lastActivityAt, running, pinned, archived, folderId }
}
