import type { HeldSummary } from '#lib/chat/context-history.ts'
import { type FoldState, readFoldState } from '#lib/db/fold-state.ts'
import { AppError } from '#lib/errors.ts'
import { models } from '#lib/providers/resolve-models.ts'
import { conversationNotFound } from './path-ids.ts'
import { readingBudgets } from './turn-context.ts'

/**
 * What holds in a person's conversation.
 *
 * @throws AppError not_found
 */
export async function summaryState(userId: string, conversationId: string): Promise<FoldState> {
  const state = await readFoldState(conversationId, readingBudgets(await models(), null))
  if (state?.userId !== userId) throw conversationNotFound()
  return state
}

/**
 * The summary that is sent on the branch that is shown.
 *
 * @throws AppError not_found
 */
export function heldSummary({ summary }: FoldState): HeldSummary {
  if (!summary) {
    throw new AppError('not_found', 'This conversation has no summary here: all its messages are sent.')
  }
  return summary
}

export function summaryChanged(): AppError {
  return new AppError(
    'summary_changed',
    'The summary has changed meanwhile. Look at the newest version, then try again.',
  )
}
