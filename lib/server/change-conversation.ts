import type { NewConversation } from '#lib/api/conversations.ts'
import type { ConversationPatch } from '#lib/chat/chat-request.ts'
import type { BulkRequest } from '#lib/chat/library-request.ts'
import type { Conversation } from '#lib/chat/types.ts'
import { changeConversations, eraseTrash } from '#lib/db/bulk-conversations.ts'
import {
  deleteConversation,
  findConversation,
  insertConversation,
  updateConversation,
} from '#lib/db/conversations.ts'
import { findFolder } from '#lib/db/folders.ts'
import { eraseTemporaryConversation } from '#lib/db/temporary-conversations.ts'
import { promptLibrary } from '#lib/prompts/library.ts'
import { models } from '#lib/providers/resolve-models.ts'
import { chooseModel, requireOffered } from './choose-model.ts'
import { choosePersona } from './choose-persona.ts'
import { announceChange } from './conversation-events.ts'
import { eraseExpired } from './erase-expired.ts'
import { conversationNotFound, folderNotFound, someNotFound } from './path-ids.ts'
import { preferredChoice } from './preferred-choice.ts'
import { runningGenerations } from './running-generations.ts'
import { stopGeneration } from './stop-generation.ts'
import { requestTitle } from './title-conversation.ts'

/**
 * Renames a conversation, chooses its persona, intensity and model, which count from the next answer, pins or archives it, moves
 * it to a folder or out of any, or keeps one that was temporary.
 *
 * @throws AppError not_found, unknown_persona, unknown_model
 */
export async function changeConversation(
  userId: string,
  conversationId: string,
  { title, persona, intensity, model, temporary, pinned, archived, folderId }: ConversationPatch,
): Promise<Conversation> {
  // For what it throws: a persona that does not exist is never stored.
  if (persona !== undefined) promptLibrary().composePersona(persona, null)
  if (model !== undefined && model !== null) await requireOffered(model)
  if (folderId != null && !(await findFolder(userId, folderId))) throw folderNotFound()
  const conversation = await updateConversation(userId, conversationId, {
    ...(title !== undefined && { title }),
    ...(persona !== undefined && { persona }),
    ...(intensity !== undefined && { intensity }),
    ...(model !== undefined && { model }),
    ...(temporary === false && { isKept: true }),
    ...(pinned !== undefined && { pinned }),
    ...(archived !== undefined && { archived }),
    ...(folderId !== undefined && { folderId }),
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
 * Makes a conversation in which nothing was said yet; in a folder it begins with that folder's persona.
 *
 * @throws AppError unknown_persona, unknown_model, not_found
 */
export async function createConversation(userId: string, wanted: NewConversation): Promise<Conversation> {
  const { folderId = null } = wanted
  const folder = folderId === null ? null : await findFolder(userId, folderId)
  if (folderId !== null && !folder) throw folderNotFound()
  const preferred = await preferredChoice(userId)
  const usualPersona = folder?.persona ?? preferred.persona
  const usual = usualPersona === null ? null : { persona: usualPersona, intensity: null }
  const { persona, intensity } = choosePersona(wanted, usual)
  // For what it throws.
  promptLibrary().composePersona(persona, null)
  const { kept: model } = await chooseModel(await models(), wanted.model, preferred.model)
  const conversation = await insertConversation(userId, {
    ...{ persona, intensity, model, folderId },
    ...{ title: wanted.title ?? PLACEHOLDER_TITLE, isNamed: wanted.title !== undefined },
  })
  announceChange()
  return conversation
}

/**
 * Deletes a conversation (softly) and stops the answer that is being written in it. A temporary one is erased: at once, or
 * when its answer has ended on another instance.
 *
 * @throws AppError not_found
 */
export async function removeConversation(userId: string, conversationId: string): Promise<void> {
  const isTemporary = (await findConversation(userId, conversationId))?.isTemporary === true
  if (!(await deleteConversation(userId, conversationId))) throw conversationNotFound()
  // Afterwards: nothing can begin in it any more.
  const running = [...runningGenerations().values()].find((each) => each.conversationId === conversationId)
  await stopGeneration(userId, conversationId)
  announceChange()
  if (!isTemporary) return
  // What it has cost is written with its end.
  await running?.done
  await eraseTemporaryConversation(conversationId)
}

/**
 * Does the same with several conversations: with all of them or with none. Answers that are being written in those that
 * are deleted are stopped.
 *
 * @throws AppError not_found
 */
export async function changeManyConversations(userId: string, request: BulkRequest): Promise<void> {
  const running = await changeConversations(userId, request)
  if (!running) throw someNotFound()
  if (request.action === 'delete') await Promise.all(running.map((id) => stopGeneration(userId, id)))
  announceChange()
  if (request.action === 'erase') purgeSoon()
}

/** What is in the person's trash is gone for good, however much it is. */
export async function emptyTrash(userId: string): Promise<void> {
  await eraseTrash(userId)
  announceChange()
  purgeSoon()
}

/**
 * Erases a deleted conversation for ever.
 *
 * @throws AppError not_found, also when it is not in the trash
 */
export async function eraseConversation(userId: string, conversationId: string): Promise<void> {
  if (!(await changeConversations(userId, { ids: [conversationId], action: 'erase' })))
    throw conversationNotFound()
  announceChange()
  purgeSoon()
}

/** What is erased is out of reach already: nobody waits until its rows are gone. */
function purgeSoon(): void {
  void eraseExpired()
}

/**
 * Brings a deleted conversation back, within 30 days; one that is not deleted stays as it is.
 *
 * @throws AppError not_found
 */
export async function restoreConversation(userId: string, conversationId: string): Promise<Conversation> {
  if (!(await changeConversations(userId, { ids: [conversationId], action: 'restore' })))
    throw conversationNotFound()
  announceChange()
  const conversation = await findConversation(userId, conversationId)
  if (!conversation) throw conversationNotFound()
  return conversation
}
