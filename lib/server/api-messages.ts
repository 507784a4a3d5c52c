import type { Message } from '#lib/chat/types.ts'
import { findConversation } from '#lib/db/conversations.ts'
import { findMessage, readBranch } from '#lib/db/messages.ts'
import { conversationNotFound, messageNotFound } from './path-ids.ts'

/**
 * A page of the branch that is shown, oldest first.
 *
 * @param query.before only messages before this one, on its branch
 * @throws AppError not_found
 */
export async function apiMessages(
  userId: string,
  conversationId: string,
  { limit, before }: { limit: number; before?: string | undefined },
): Promise<{ messages: Message[]; nextCursor: string | null }> {
  const conversation = await findConversation(userId, conversationId)
  if (!conversation) throw conversationNotFound()
  const leafId =
    before === undefined ? conversation.activeLeafId : await parentOf(userId, conversationId, before)
  const found = await readBranch(conversationId, leafId, { limit: limit + 1 })
  const messages = found.slice(-limit)
  return { messages, nextCursor: found.length > limit ? (messages[0]?.id ?? null) : null }
}

async function parentOf(userId: string, conversationId: string, messageId: string): Promise<string | null> {
  const found = await findMessage(userId, messageId)
  if (found?.conversationId !== conversationId) throw messageNotFound()
  return found.parentId
}
