import { ConversationTooLarge } from './grow-turns.ts'
import type { ImportedConversation } from './imported-conversation.ts'
import { isChatgptConversation, readChatgptConversation } from './read-chatgpt-conversation.ts'
import { isClaudeConversation, readClaudeConversation } from './read-claude-conversation.ts'
import { isOwnConversation, isOwnLeftOut, readOwnConversation } from './read-own-conversation.ts'

/** Why nothing of what stands where a conversation should is imported. */
export type UnreadReason = 'empty' | 'deleted' | 'unreadable' | 'too_large'

export type ReadImported =
  | { conversation: ImportedConversation; reason: null }
  | { conversation: null; reason: UnreadReason; title: string }

/** Reads what stands in the place of a conversation in a file, by what it looks like. NULL: it looks like none. */
export function readImported(value: unknown): ReadImported | null {
  if (typeof value !== 'object' || value === null) return null
  const title = titleOf(value)
  if (isOwnConversation(value) && isOwnLeftOut(value)) return { conversation: null, reason: 'deleted', title }
  const read = isOwnConversation(value)
    ? readOwnConversation
    : isChatgptConversation(value)
      ? readChatgptConversation
      : isClaudeConversation(value)
        ? readClaudeConversation
        : null
  if (!read) return null
  const conversation = readWith(read, value)
  if (conversation === 'too_large') return { conversation: null, reason: 'too_large', title }
  if (!conversation) return { conversation: null, reason: 'unreadable', title }
  if (conversation.messages.length === 0) return { conversation: null, reason: 'empty', title }
  return { conversation, reason: null }
}

function readWith(
  read: (value: unknown) => ImportedConversation | null,
  value: object,
): ImportedConversation | 'too_large' | null {
  try {
    return read(value)
  } catch (error) {
    if (error instanceof ConversationTooLarge) return 'too_large'
    throw error
  }
}

function titleOf(value: object): string {
  for (const name of ['title', 'name']) {
    const title = name in value ? value[name as keyof typeof value] : null
    if (typeof title === 'string' && title !== '') return title
  }
  return ''
}
