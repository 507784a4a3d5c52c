import { v7 as uuidv7 } from 'uuid'
import { MIN_SUMMARY_LENGTH, summaryLimit } from '#lib/chat/check-summary.ts'
import { cleanText } from '#lib/chat/clean-text.ts'
import { countTokens } from '#lib/chat/count-tokens.ts'
import type { SummaryPage } from '#lib/chat/types.ts'
import type { FoldState } from '#lib/db/fold-state.ts'
import { insertSummary, type NewSummary } from '#lib/db/summaries.ts'
import { findSummaryVersion, listSummaryVersions } from '#lib/db/summary-versions.ts'
import { AppError } from '#lib/errors.ts'
import { announceChange } from './conversation-events.ts'
import { foldSizes } from './fold-summary.ts'
import { heldSummary, summaryChanged, summaryState } from './summary-state.ts'

/**
 * The versions of a conversation's summary, newest first.
 *
 * @param before only those before this one
 * @throws AppError not_found
 */
export async function listSummaries(
  userId: string,
  conversationId: string,
  before?: number,
): Promise<SummaryPage> {
  const { summary, clearedThroughId } = await summaryState(userId, conversationId)
  return listSummaryVersions({ conversationId, clearedThroughId }, summary?.id ?? null, before ?? null)
}

/**
 * Stores what a person made of the summary that holds, as another version.
 *
 * @param edit.version the one they changed
 * @throws AppError not_found, invalid_request, summary_changed
 */
export async function editSummary(
  userId: string,
  conversationId: string,
  edit: { text: string; version: number },
): Promise<void> {
  const state = await summaryState(userId, conversationId)
  const held = heldSummary(state)
  if (held.version !== edit.version) throw summaryChanged()
  const text = cleanText(edit.text).trim()
  const tokens = countTokens(text)
  checkLength(text, tokens, summaryLimit((await foldSizes(state)).budget))
  await store(state, {
    ...{ conversationId, text, tokens, author: 'person', basedOnId: held.id, restoredFromId: null },
    ...{ throughMessageId: held.throughMessageId, provider: null, model: null },
  })
}

/**
 * Has an earlier version hold again, as another version.
 *
 * @throws AppError not_found, invalid_request, summary_changed
 */
export async function restoreSummary(userId: string, conversationId: string, version: number): Promise<void> {
  const state = await summaryState(userId, conversationId)
  const { clearedThroughId } = state
  const found = await findSummaryVersion({ conversationId, clearedThroughId }, version)
  if (!found) throw new AppError('not_found', `There is no version ${version} of this summary.`)
  const { throughMessageId, text, tokens, author, provider, model, canHold } = found
  if (!canHold) {
    throw new AppError(
      'invalid_request',
      'This version is of another branch, or of a context that was started afresh since. It cannot stand for what is shown here.',
    )
  }
  await store(state, {
    ...{ conversationId, throughMessageId, text, tokens, author, provider, model },
    ...{ basedOnId: null, restoredFromId: found.id },
  })
}

function checkLength(text: string, tokens: number, limit: number): void {
  if (text.length < MIN_SUMMARY_LENGTH) {
    throw new AppError('invalid_request', `A summary has ${MIN_SUMMARY_LENGTH} characters or more.`, {
      field: 'text',
    })
  }
  if (tokens > limit) {
    const [has, may] = [tokens, limit].map((count) => count.toLocaleString('en'))
    throw new AppError('invalid_request', `The summary has ${has} tokens; ${may} fit. Shorten it.`, {
      field: 'text',
    })
  }
}

type Change = Omit<NewSummary, 'id' | 'version' | 'startsAfterId' | 'fromMessageId' | 'foldedMessages'>

async function store(state: FoldState, change: Change): Promise<void> {
  const isStored = await insertSummary({
    ...{ ...change, id: uuidv7(), version: state.newestVersion + 1, startsAfterId: state.clearedThroughId },
    ...{ fromMessageId: null, foldedMessages: 0 },
  })
  if (!isStored) throw summaryChanged()
  announceChange()
}
