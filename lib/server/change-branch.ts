import type { BranchWindow } from '#lib/chat/branch-window.ts'
import type { ConversationWithMessages } from '#lib/chat/types.ts'
import { type BranchChange, openBranch, removeBranch, restoreBranch } from '#lib/db/branches.ts'
import { clearContext, unclearContext } from '#lib/db/clears.ts'
import { readConversation } from '#lib/db/conversations.ts'
import { AppError } from '#lib/errors.ts'
import { announceChange } from './conversation-events.ts'
import { conversationNotFound, messageNotFound } from './path-ids.ts'
import { turnErrors } from './turn-errors.ts'

const changes = {
  open: openBranch,
  remove: removeBranch,
  restore: restoreBranch,
  clear: clearContext,
  unclear: unclearContext,
}

/**
 * Shows, deletes or brings back the branch that begins with a message; has the context start afresh after one, or no longer.
 *
 * @param window which of its messages are wanted
 * @returns the conversation as it is then
 * @throws AppError not_found, generation_running, invalid_request
 */
export async function changeBranch(
  userId: string,
  conversationId: string,
  messageId: string,
  change: keyof typeof changes,
  window: BranchWindow = { from: null },
): Promise<ConversationWithMessages> {
  refuse(await changes[change](userId, conversationId, messageId))
  announceChange()
  const conversation = await readConversation(userId, conversationId, window)
  if (!conversation) throw conversationNotFound()
  return conversation
}

function refuse(change: BranchChange): void {
  if (change === 'running') throw turnErrors.running()
  if (change === 'missing') throw messageNotFound()
  if (change === 'not_at_end') {
    throw new AppError(
      'invalid_request',
      'The conversation has gone on after this message. Look at it again, then start afresh.',
      { field: 'messageId' },
    )
  }
}
