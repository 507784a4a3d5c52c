import type { GenerationMaking, LeftOutMessage, StoredMaking } from '#lib/chat/generation-making.ts'
import { importedFrom } from '#lib/chat/import-sources.ts'
import { restoreContext } from '#lib/chat/restore-context.ts'
import { shortenText } from '#lib/chat/shorten-text.ts'
import { readMaking } from '#lib/db/making.ts'
import { requestBody } from '#lib/providers/request-body.ts'
import { messageNotFound } from './path-ids.ts'

/** How much of a message that was not sent is shown, in characters. */
const BEGINNING_LENGTH = 120

/**
 * How an answer was made: what it was sent, and what became of it.
 *
 * @param generationId which of its runs; NULL: the last
 * @throws AppError not_found
 */
export async function generationMaking(
  userId: string,
  place: { conversationId: string; messageId: string },
  generationId: string | null,
): Promise<GenerationMaking> {
  const stored = await readMaking(userId, place, generationId)
  if (!stored) throw messageNotFound()
  const { ledger, calls, texts: _, summaryText: __, ...rest } = stored
  const { content, ...restored } = restoreContext(stored)
  const call = calls.at(-1)
  return {
    ...rest,
    ...restored,
    ...{ calls, state: stateOf(stored), leftOut: leftOutOf(stored) },
    ...{ budget: ledger.budget, tokenRatio: ledger.tokenRatio ?? 1, totalTokens: ledger.totalTokens },
    ...{ overBudget: ledger.overBudget ?? null, clearedThroughId: ledger.clearedThroughId ?? null },
    request: call && content ? await requestBody(call, content) : null,
  }
}

function stateOf({ run, ledger, calls }: StoredMaking): GenerationMaking['state'] {
  if (importedFrom(run.provider) !== null) return 'imported'
  if (run.status === 'streaming') return 'running'
  // Written with every answer since what was sent is kept.
  if (ledger.tokenRatio === undefined) return 'before'
  return calls.length === 0 ? 'nothing' : 'kept'
}

function leftOutOf({ ledger, messages }: StoredMaking): LeftOutMessage[] {
  return ledger.leftOut.map(({ messageId, tokens, reason }) => {
    const message = messages[messageId]
    return {
      ...{ id: messageId, role: message?.role ?? 'user', tokens, reason },
      beginning: shortenText(message?.text ?? '', BEGINNING_LENGTH),
    }
  })
}
