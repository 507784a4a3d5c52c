import { v7 as uuidv7 } from 'uuid'
import { summaryLimit } from '#lib/chat/check-summary.ts'
import { countedBudget, TOKENS_PER_MESSAGE } from '#lib/chat/context-budget.ts'
import { countTokens } from '#lib/chat/count-tokens.ts'
import { backlogTokens, type FoldableMessage, foldAtOnce, isTooSoon, planFold } from '#lib/chat/plan-fold.ts'
import { renderFolder, renderInstructions, renderSystemMessage } from '#lib/chat/render-context.ts'
import { type FoldState, readFoldedMessages, readFoldState } from '#lib/db/fold-state.ts'
import { insertSummary } from '#lib/db/summaries.ts'
import { log } from '#lib/log.ts'
import { promptLibrary } from '#lib/prompts/library.ts'
import { models } from '#lib/providers/resolve-models.ts'
import { chooseModel } from './choose-model.ts'
import { choosePersona } from './choose-persona.ts'
import { announceChange } from './conversation-events.ts'
import { type JobQueue, sendJob } from './jobs.ts'
import { tokenRatioOf } from './token-ratios.ts'
import { budgetOf, readingBudgets } from './turn-context.ts'
import { LEAST_ROOM, summaryRoom, writeSummary } from './write-summary.ts'

/** What one request cannot read takes more of them; a backlog that is longer goes on after the next answer. */
const MOST_STEPS = 8

/**
 * Summaries: after an answer, the oldest messages of the branch are folded into a new version. When no model writes one, that
 * is tried again after a later answer, and when it was paid for not before there is clearly more to be folded: until then
 * the old summary serves, and what it does not cover is sent or named. The fold of a server that died is taken over; while its job is there the conversation gets no other.
 */
export const foldQueue: JobQueue = {
  name: 'fold',
  retryLimit: 1,
  expireInSeconds: 1_000,
  heartbeatSeconds: 20,
  async handle(conversationId) {
    for (let step = 0; step < MOST_STEPS; step += 1) {
      if (!(await foldOnce(conversationId))) return
      announceChange()
    }
  },
}

/** Asks for a fold in the background, where there is one to be made. */
export function requestFold(conversationId: string): void {
  sendJob(foldQueue.name, conversationId).catch((error: unknown) => {
    log().warn({ conversationId, error: String(error) }, 'a summary could not be requested')
  })
}

/** Folds what is to be folded, as much as one request can read; whether a new version was stored. */
async function foldOnce(conversationId: string): Promise<boolean> {
  const resolved = await models()
  const state = await readFoldState(conversationId, readingBudgets(resolved, null))
  if (!state) return false
  const { summary } = state
  const sizes = await foldSizes(state)
  const planned = state.messages.slice(0, planFold(state.messages, sizes))
  if (planned.length === 0) return false

  const backlog = backlogTokens(state.messages, sizes.budget)
  const rejectedAt = rejections().get(conversationId)
  if (rejectedAt !== undefined && isTooSoon(rejectedAt, backlog, sizes.budget - sizes.framed)) return false

  const existing = summary?.text ?? null
  const room = await summaryRoom(existing)
  if (room === null) {
    log().warn({ conversationId }, 'beside its summary no model has room to read messages')
    return false
  }
  const made = await foldWhatIsRead(
    { ...state, conversationId, limit: summaryLimit(sizes.budget) },
    planned,
    room,
  )
  if (typeof made === 'string') {
    if (made !== 'failed') rememberRejection(conversationId, backlog)
    return false
  }
  rejections().delete(conversationId)
  const { written, folded, first, last } = made
  const isStored = await insertSummary({
    ...{ ...written, id: uuidv7(), conversationId, version: state.newestVersion + 1, author: 'model' },
    ...{ throughMessageId: last.id, startsAfterId: state.clearedThroughId, fromMessageId: first.id },
    ...{ foldedMessages: folded.length, basedOnId: summary?.id ?? null, restoredFromId: null },
    deletions: state.deletions,
  })
  if (!isStored) log().info({ conversationId }, 'another fold was faster')
  return isStored
}

interface FoldTask extends Pick<FoldState, 'userId' | 'summary'> {
  conversationId: string
  /** Tokens that the summary may have. */
  limit: number
}

/** Has the oldest of the planned messages folded, as many as the models can read: half of them each time that it proves too long. */
async function foldWhatIsRead(
  { userId, summary, conversationId, limit }: FoldTask,
  planned: readonly FoldableMessage[],
  wholeRoom: number,
) {
  for (let room = wholeRoom; room >= LEAST_ROOM; room = Math.floor(room / 2)) {
    const folded = planned.slice(0, foldAtOnce(planned, room))
    const first = folded[0]
    const last = folded.at(-1)
    if (!first || !last) return 'failed'
    const written = await writeSummary({
      ...{ userId, conversationId, limit, room, existing: summary?.text ?? null },
      messages: await readFoldedMessages(
        conversationId,
        folded.map(({ id }) => id),
      ),
    })
    if (typeof written === 'object') return { written, folded, first, last }
    if (written !== 'too_long') return written
  }
  return 'too_long'
}

/** Conversations whose summary was rejected here and not written since; more than a day has. */
const MAX_REJECTIONS = 1_000

const shared = globalThis as typeof globalThis & { stoaRejectedFolds?: Map<string, number> }

/** The backlog at which models wrote no summary, by conversation; another instance, or this one after a restart, tries once more. */
function rejections(): Map<string, number> {
  shared.stoaRejectedFolds ??= new Map()
  return shared.stoaRejectedFolds
}

function rememberRejection(conversationId: string, backlog: number): void {
  if (rejections().size >= MAX_REJECTIONS) rejections().clear()
  rejections().set(conversationId, backlog)
}

/** What the next request may have, and what of it is not messages; in tokens as they are counted here. */
export async function foldSizes(state: FoldState): Promise<{ budget: number; framed: number }> {
  const resolved = await models()
  const chosen = (await chooseModel(resolved, undefined, state.model)).wanted ?? resolved.answering
  const { persona, intensity } = choosePersona({}, state)
  const system = renderSystemMessage({
    prompt: promptLibrary().composePersona(persona, intensity).text,
    instructions: renderInstructions(state.person),
    folder: renderFolder(state.folderInstructions),
    summary: state.summary?.text ?? null,
  })
  return {
    budget: countedBudget(budgetOf(chosen), tokenRatioOf(chosen.label)),
    framed: countTokens(system) + TOKENS_PER_MESSAGE,
  }
}
