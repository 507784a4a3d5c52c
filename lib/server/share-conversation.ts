import { type SharedMessage, type ShareItem, sharedMessages } from '#lib/chat/share.ts'
import type { NewShare } from '#lib/chat/share-request.ts'
import { findConversation, readConversation } from '#lib/db/conversations.ts'
import { findShare, insertShare, replaceShare } from '#lib/db/shares.ts'
import { AppError } from '#lib/errors.ts'
import { promptLibrary } from '#lib/prompts/library.ts'
import { conversationNotFound, shareNotFound } from './path-ids.ts'

/**
 * Shares the branch of a conversation that is shown, as it is now.
 *
 * @param secret what its address is to end in
 * @throws AppError not_found, generation_running, invalid_request when there is nothing to share or it is temporary
 */
export async function shareConversation(
  userId: string,
  conversationId: string,
  { secret, ...wanted }: NewShare & { secret: string },
): Promise<ShareItem> {
  const copy = await copyOf(userId, conversationId)
  const share = await insertShare(userId, { ...copy, ...wanted, conversationId, secret })
  if (share) return share
  if (!(await findConversation(userId, conversationId))) throw conversationNotFound()
  throw new AppError('invalid_request', 'You share very many conversations. Revoke one first.')
}

/**
 * Has a shared copy show the branch as it is now.
 *
 * @throws AppError the same
 */
export async function updateShare(userId: string, shareId: string): Promise<ShareItem> {
  const known = await findShare(userId, shareId)
  if (!known) throw shareNotFound()
  const share = await replaceShare(userId, shareId, await copyOf(userId, known.conversationId))
  if (!share) throw shareNotFound()
  return share
}

async function copyOf(
  userId: string,
  conversationId: string,
): Promise<{ title: string; messages: SharedMessage[] }> {
  const read = await readConversation(userId, conversationId)
  if (!read) throw conversationNotFound()
  const { conversation, messages } = read
  if (conversation.isTemporary) {
    throw new AppError('invalid_request', 'This conversation is temporary. Keep it before you share it.')
  }
  if (messages.some((message) => message.role === 'assistant' && message.generation.status === 'streaming')) {
    throw new AppError(
      'generation_running',
      'An answer is being written. Share the conversation when it ends.',
    )
  }
  const { personas } = promptLibrary()
  const shared = sharedMessages(messages, (id) => personas.find((persona) => persona.id === id)?.label ?? id)
  if (shared.length === 0) throw new AppError('invalid_request', 'There is nothing to share yet.')
  return { title: conversation.title, messages: shared }
}
