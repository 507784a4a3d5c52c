import type { ConversationPatch } from '#lib/chat/chat-request.ts'
import type { Conversation } from '#lib/chat/types.ts'
import { deleteConversation, updateConversation } from '#lib/db/conversations.ts'
import { promptLibrary } from '#lib/prompts/library.ts'
import { requireOffered } from './choose-model.ts'
import { announceChange } from './conversation-events.ts'
import { conversationNotFound } from './path-ids.ts'
import { stopGeneration } from './stop-generation.ts'
import { requestTitle } from './title-conversation.ts'

/**
 * Renames a conversation, chooses its persona, intensity and model, which count from the next answer, or keeps one that
 * was temporary.
 *
 * @throws AppError not_found, unknown_persona, unknown_model
 */
export async function changeConversation(
  userId: string,
  conversationId: string,
  { title, persona, intensity, model, temporary }: ConversationPatch,
): Promise<Conversation> {
  // For what it throws: a persona that does not exist is never stored.
  if (persona !== undefined) promptLibrary().composePersona(persona, null)
  if (model !== undefined && model !== null) await requireOffered(model)
  const conversation = await updateConversation(userId, conversationId, {
    ...(title !== undefined && { title }),
    ...(persona !== undefined && { persona }),
    ...(intensity !== undefined && { intensity }),
    ...(model !== undefined && { model }),
    ...(temporary === false && { isKept: true }),
  })
  if (!conversation) throw conversationNotFound()
  announceChange()
  // While it was temporary it got none.
  if (temporary === false) requestTitle(conversationId)
  return conversation
}

/**
 * Deletes a conversation (softly) and stops the answer that is being written in it.
 *
 * @throws AppError not_found
 */
export async function removeConversation(userId: string, conversationId: string): Promise<void> {
  if (!(await deleteConversation(userId, conversationId))) throw conversationNotFound()
  // Afterwards: nothing can begin in it any more.
  await stopGeneration(userId, conversationId)
  announceChange()
}
