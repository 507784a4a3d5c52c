import { type RateLimiterAbstract, RateLimiterRes } from 'rate-limiter-flexible'
import { v7 as uuidv7 } from 'uuid'
import { summaryLimit } from '#lib/chat/check-summary.ts'
import { readFoldedMessages } from '#lib/db/fold-state.ts'
import { findRunningGeneration } from '#lib/db/generations.ts'
import { createRateLimiter } from '#lib/db/rate-limiter.ts'
import { insertSummary } from '#lib/db/summaries.ts'
import { findSummaryOrigin } from '#lib/db/summary-versions.ts'
import { readMonthSpending } from '#lib/db/usage-events.ts'
import { AppError } from '#lib/errors.ts'
import { announceChange } from './conversation-events.ts'
import { foldSizes } from './fold-summary.ts'
import { heldSummary, summaryChanged, summaryState } from './summary-state.ts'
import { turnErrors } from './turn-errors.ts'
import { defaultBudget } from './turn-setting.ts'
import { writeSummary } from './write-summary.ts'

/** How many a person may have made anew in a minute: each is a call or two that are paid for. */
export const REMAKES_PER_MINUTE = 5

let limiter: RateLimiterAbstract | undefined

/**
 * Has the summary that holds written anew, from the messages that it took in and the version before it: what people changed
 * since is not in it, and stays as a version.
 *
 * @throws AppError not_found, generation_running, too_many_turns, budget_exhausted, summary_failed, summary_changed
 */
export async function remakeSummary(userId: string, conversationId: string): Promise<void> {
  const state = await summaryState(userId, conversationId)
  const held = heldSummary(state)
  if (await findRunningGeneration(userId, conversationId)) throw turnErrors.running()
  await admit(userId)
  const origin = await findSummaryOrigin(held.id)
  if (!origin)
    throw new AppError('not_found', 'No model has written this summary, so none can write it anew.')
  const written = await writeSummary({
    ...{ userId, conversationId, existing: origin.existing?.text ?? null },
    messages: await readFoldedMessages(conversationId, origin.messageIds),
    limit: summaryLimit((await foldSizes(state)).budget),
  })
  if (typeof written === 'string') {
    throw new AppError(
      'summary_failed',
      'The models wrote nothing that could serve as a summary. The old one stays. Try again in a while.',
    )
  }
  const isStored = await insertSummary({
    ...{ ...written, id: uuidv7(), conversationId, version: state.newestVersion + 1, author: 'model' },
    ...{ throughMessageId: held.throughMessageId, startsAfterId: state.clearedThroughId },
    ...{ fromMessageId: origin.fromMessageId, foldedMessages: origin.foldedMessages },
    ...{ basedOnId: origin.existing?.id ?? null, restoredFromId: null },
  })
  if (!isStored) throw summaryChanged()
  announceChange()
}

async function admit(userId: string): Promise<void> {
  limiter ??= createRateLimiter({ name: 'remake-summary', points: REMAKES_PER_MINUTE, seconds: 60 })
  try {
    await limiter.consume(userId)
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal
    const retryAfterSeconds = Math.max(1, Math.ceil(refusal.msBeforeNext / 1000))
    throw new AppError(
      'too_many_turns',
      `You have had ${REMAKES_PER_MINUTE} summaries made anew within a minute. Try again in ${retryAfterSeconds} s.`,
      { retryAfterSeconds },
    )
  }
  const month = await readMonthSpending(userId, defaultBudget())
  if (month.budget !== null && month.spent >= month.budget) throw turnErrors.overBudget(month)
}
