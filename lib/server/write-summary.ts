import { cleanSummary, findSummaryFault, summaryWords } from '#lib/chat/check-summary.ts'
import { cleanText } from '#lib/chat/clean-text.ts'
import { countedBudget, PART_MINIMUM, TOKENS_PER_MESSAGE } from '#lib/chat/context-budget.ts'
import { countTokens } from '#lib/chat/count-tokens.ts'
import { foldLimit } from '#lib/chat/plan-fold.ts'
import { type FoldedMessage, renderFold, withoutTags } from '#lib/chat/render-fold.ts'
import { log } from '#lib/log.ts'
import { promptLibrary } from '#lib/prompts/library.ts'
import { ProviderFailure } from '#lib/providers/provider-failure.ts'
import { type ChatModel, models } from '#lib/providers/resolve-models.ts'
import { isRefusal } from './account-calls.ts'
import { completeAndRecord } from './record-usage.ts'
import { tokenRatioOf } from './token-ratios.ts'
import { budgetOf } from './turn-context.ts'

/** A summary as a model wrote it and it was found to be one. */
export interface WrittenSummary {
  text: string
  tokens: number
  provider: string
  model: string
}

export interface SummaryTask {
  userId: string
  conversationId: string
  /** The text of the summary that goes on; NULL: there is none. */
  existing: string | null
  /** What is folded into it. */
  messages: FoldedMessage[]
  /** Tokens that the summary may have. */
  limit: number
  /** Tokens that the messages may have; undefined: as many as the models should have room for. */
  room?: number
}

/**
 * Why there is no summary. `too_long`: a model's window is smaller than is known here; `rejected`: what came is none, and is
 * paid for; `failed`: nothing came.
 */
export type NoSummary = 'too_long' | 'rejected' | 'failed'

/** Beside the summary itself, for a model that thinks before it writes. */
const THINKING_TOKENS = 4_000
/** Nobody waits for it but a person who asked for another version. */
const TIMEOUT_MS = 60_000

/** What a question and its answer must have of a request, or they would be cut to nothing: not read, and so not folded. */
export const LEAST_ROOM = 2 * (PART_MINIMUM + TOKENS_PER_MESSAGE)

/**
 * Who is asked for a summary: the cheap one, then the one that answers; beside the existing summary each has room for messages.
 *
 * @returns with the tokens that messages may have in the request, whichever model is asked
 */
async function summarizers(existing: string | null): Promise<{ able: ChatModel[]; room: number }> {
  const { utility, answering } = await models()
  const fixed = countTokens(composeRequest({ existing, input: '', limit: Number.POSITIVE_INFINITY }))
  const able = [...new Set([utility, answering])]
    .map((model) => ({ model, room: countedBudget(budgetOf(model), tokenRatioOf(model.label)) - fixed }))
    .filter(({ room }) => room >= LEAST_ROOM)
  return { able: able.map(({ model }) => model), room: Math.min(...able.map(({ room }) => room)) }
}

/** Tokens that messages may have in the request for a summary, beside the existing one; NULL: too few for any. */
export async function summaryRoom(existing: string | null): Promise<number | null> {
  const { able, room } = await summarizers(existing)
  return able.length === 0 ? null : room
}

/**
 * Has messages folded into a summary: by the utility model, and if what it writes is none, by the main one.
 *
 * @returns why not, when neither wrote one; then the old summary stays
 */
export async function writeSummary(task: SummaryTask): Promise<WrittenSummary | NoSummary> {
  const { able, room } = await summarizers(task.existing)
  const input = renderFold(task.messages, foldLimit(task.room ?? room))
  const prompt = composeRequest({ ...task, input })
  const reasons = new Set<NoSummary>()
  for (const model of able) {
    const summary = await askFor(model, task, { prompt, input })
    if (typeof summary === 'object') return summary
    reasons.add(summary)
  }
  // What a shorter request may mend comes first, then what was paid for.
  return (['too_long', 'rejected'] as const).find((reason) => reasons.has(reason)) ?? 'failed'
}

async function askFor(
  model: ChatModel,
  { userId, conversationId, limit }: SummaryTask,
  { prompt, input }: { prompt: string; input: string },
): Promise<WrittenSummary | NoSummary> {
  const { provider, model: name } = model.label
  const reject = (fault: string, reason: NoSummary) => {
    log().warn({ conversationId, provider, model: name, fault }, 'a summary was rejected')
    return reason
  }
  try {
    const written = await completeAndRecord(
      { userId, conversationId },
      {
        ...{ model, purpose: 'summary', prompt, input, timeoutMs: TIMEOUT_MS },
        maxOutputTokens: limit + THINKING_TOKENS,
      },
    )
    const text = cleanSummary(cleanText(written.text))
    const tokens = countTokens(text)
    const fault = findSummaryFault(text, { tokens, limit, isTruncated: written.isTruncated })
    return fault ? reject(fault, 'rejected') : { text, tokens, provider, model: name }
  } catch (error) {
    if (!(error instanceof ProviderFailure)) throw error
    if (error.code === 'context_too_long') return reject(error.code, 'too_long')
    return reject(error.code, isRefusal(error.code) ? 'failed' : 'rejected')
  }
}

function composeRequest({
  existing,
  input,
  limit,
}: {
  existing: string | null
  input: string
  limit: number
}): string {
  const { text } = promptLibrary().composePrompt('summarizer', {
    existing_summary: withoutTags(existing ?? ''),
    input,
  })
  // Not a variable of the prompt: how long a summary may be follows from the budget, whatever the library says of it.
  return `${text}\n\nUse ${summaryWords(limit)} words at most.`
}
