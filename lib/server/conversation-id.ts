import { z } from 'zod'
import { AppError } from '#lib/errors.ts'

/**
 * The id in a path. What is no id is a conversation that does not exist.
 *
 * @throws AppError not_found
 */
export function conversationIdFrom(params: { conversationId: string }): string {
  const result = z.uuid().safeParse(params.conversationId)
  if (!result.success) throw conversationNotFound()
  return result.data
}

/** Said of a missing conversation and of another's alike. */
export function conversationNotFound(): AppError {
  return new AppError('not_found', 'This conversation does not exist, or it is not yours.')
}
