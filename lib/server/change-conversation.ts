import type { NewConversation } from '#lib/api/conversations.ts'
import type { ConversationPatch } from '#lib/chat/chat-request.ts'
import type { Conversation } from '#lib/chat/types.ts'
import { deleteConversation, insertConversation, updateConversation } from '#lib/db/conversations.ts'
import { promptLibrary } from '#lib/prompts/library.ts'
import { models } from '#lib/providers/resolve-models.ts'
import { chooseModel, requireOffered } from './choose-model.ts'
import { choosePersona } from './choose-persona.ts'
import { announceChange } from './conversation-events.ts'
import { conversationNotFound } from './path-ids.ts'
import { preferredChoice } from './preferred-choice.ts'
import { stopGeneration } from './stop-generation.ts'
import { requestTitle } from './title-conversation.ts'

/**
 * Renames a conversation, chooses its persona, intensity and model, which count from the next answer, pins or archives it, or
 * keeps one that was temporary.
 *
 * @throws AppError not_found, unknown_persona, unknown_model
 */
export async function changeConversation(
  userId: string,
  conversationId: string,
  { title, persona, intensity, model, temporary, pinned, archived }: ConversationPatch,
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
    ...(pinned !== undefined && { pinned }),
    ...(archived !== undefined && { archived }),
  })
  if (!conversation) throw conversationNotFound()
  announceChange()
  // While it was temporary it got none.
  if (temporary === false) requestTitle(conversationId)
  return conversation
}

/** What a conversation is called until something was said in it. */
const PLACEHOLDER_TITLE = 'New conversation'

/**
 * Makes a conversation in which nothing was said yet.
 *
 * @throws AppError unknown_persona, unknown_model
 */
export async function createConversation(userId: string, wanted: NewConversation): Promise<Conversation> {
  const preferred = await preferredChoice(userId)
  const usual = preferred.persona === null ? null : { persona: preferred.persona, intensity: null }
  const { persona, intensity } = choosePersona(wanted, usual)
  // For what it throws.
  promptLibrary().composePersona(persona, null)
  const { kept: model } = await chooseModel(await models(), wanted.model, preferred.model)
  const conversation = await insertConversation(userId, {
    ...{ persona, intensity, model },
    ...{ title: wanted.title ?? PLACEHOLDER_TITLE, isNamed: wanted.title !== undefined },
  })
  announceChange()
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
