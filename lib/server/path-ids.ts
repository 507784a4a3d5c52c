import { z } from 'zod'
import { AppError } from '#lib/errors.ts'
import { noteRequest } from '#lib/log.ts'

/**
 * The id in a path. What is no id is a conversation that does not exist.
 *
 * @throws AppError not_found
 */
export function conversationIdFrom(params: { conversationId: string }): string {
  const result = z.uuid().safeParse(params.conversationId)
  if (!result.success) throw conversationNotFound()
  noteRequest({ conversationId: result.data })
  return result.data
}

/**
 * The id of a message in a path.
 *
 * @throws AppError not_found
 */
export function messageIdOf(params: { messageId: string }): string {
  const messageId = z.uuid().safeParse(params.messageId)
  if (!messageId.success) throw messageNotFound()
  return messageId.data
}

/**
 * The ids in the path of a message.
 *
 * @throws AppError not_found
 */
export function messageIdFrom(params: { conversationId: string; messageId: string }) {
  return { messageId: messageIdOf(params), conversationId: conversationIdFrom(params) }
}

/**
 * The id of a person in a path.
 *
 * @throws AppError not_found
 */
export function userIdFrom(params: { userId: string }): string {
  const result = z.uuid().safeParse(params.userId)
  if (!result.success) throw userNotFound()
  return result.data
}

/**
 * The id of a token in a path.
 *
 * @throws AppError not_found
 */
export function tokenIdFrom(params: { tokenId: string }): string {
  const result = z.uuid().safeParse(params.tokenId)
  if (!result.success) throw tokenNotFound()
  return result.data
}

/**
 * The id of a folder in a path.
 *
 * @throws AppError not_found
 */
export function folderIdFrom(params: { folderId: string }): string {
  const result = z.uuid().safeParse(params.folderId)
  if (!result.success) throw folderNotFound()
  return result.data
}

/**
 * The id of a shared copy in a path.
 *
 * @throws AppError not_found
 */
export function shareIdFrom(params: { shareId: string }): string {
  const result = z.uuid().safeParse(params.shareId)
  if (!result.success) throw shareNotFound()
  return result.data
}

/**
 * The id of an invitation in a path.
 *
 * @throws AppError not_found
 */
export function invitationIdFrom(params: { invitationId: string }): string {
  const result = z.uuid().safeParse(params.invitationId)
  if (!result.success) throw invitationNotFound()
  return result.data
}

/**
 * The id of an import in a path.
 *
 * @throws AppError not_found
 */
export function importIdFrom(params: { importId: string }): string {
  const result = z.uuid().safeParse(params.importId)
  if (!result.success) throw importNotFound()
  return result.data
}

/**
 * The number of a piece of a file in a path, from 0.
 *
 * @throws AppError not_found
 */
export function pieceFrom(params: { piece: string }): number {
  const piece = z.coerce.number().int().min(0).max(MAX_VERSION).safeParse(params.piece)
  if (!piece.success) throw new AppError('not_found', 'There is no such piece of this file.')
  return piece.data
}

/**
 * The queue and the id of a job in a path.
 *
 * @throws AppError not_found
 */
export function jobFrom(params: { queue: string; jobId: string }): { queue: string; jobId: string } {
  const result = z.object({ queue: z.string().regex(/^[\w-]{1,50}$/), jobId: z.uuid() }).safeParse(params)
  if (!result.success) throw jobNotFound()
  return result.data
}

/**
 * The number of a summary's version in a path.
 *
 * @throws AppError not_found
 */
export function versionFrom(params: { version: string }): number {
  const version = z.coerce.number().int().positive().max(MAX_VERSION).safeParse(params.version)
  if (!version.success) throw new AppError('not_found', 'There is no such version of this summary.')
  return version.data
}

/** PostgreSQL's largest integer. */
const MAX_VERSION = 2_147_483_647

/** Said to administrators only: nobody else learns who has an account. */
export function userNotFound(): AppError {
  return new AppError('not_found', 'There is no account with this id.')
}

/** Said of a missing token, a revoked one and another's alike. */
export function tokenNotFound(): AppError {
  return new AppError('not_found', 'You have no token with this id. It may have been revoked before.')
}

/** Said of a missing copy, one that was revoked or has run out, and another's alike. */
export function shareNotFound(): AppError {
  return new AppError('not_found', 'You share nothing under this id. It may have been revoked before.')
}

/** Said of a missing invitation, and of one that was used. */
export function invitationNotFound(): AppError {
  return new AppError('not_found', 'There is no such invitation. It may have been used or withdrawn.')
}

/** Said of a missing import, a stopped one and another's alike. */
export function importNotFound(): AppError {
  return new AppError('not_found', 'There is no such import. It may have been stopped, or is too long ago.')
}

/** Said of a missing job, and of one that cannot be tried again. */
export function jobNotFound(): AppError {
  return new AppError(
    'not_found',
    'There is no failed job with this id. It may have been tried again already, or another one waits.',
  )
}

/** Said of a missing conversation and of another's alike. */
export function conversationNotFound(): AppError {
  return new AppError('not_found', 'This conversation does not exist, or it is not yours.')
}

/** Said of a missing message, a deleted one and another's alike. */
export function messageNotFound(): AppError {
  return new AppError('not_found', 'This message does not exist. It may have been deleted.')
}

/** Said of a missing folder and of another's alike. */
export function folderNotFound(): AppError {
  return new AppError('not_found', 'This folder does not exist. It may have been deleted.')
}

/** Said when of several conversations one is missing or another's. */
export function someNotFound(): AppError {
  return new AppError(
    'not_found',
    'One of these conversations, or the folder, is not there any more, so nothing was changed. Choose them again.',
  )
}
