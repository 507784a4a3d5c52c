import { v7 as uuidv7 } from 'uuid'
import { countTokens } from '#lib/chat/count-tokens.ts'
import { insertUsage, type OtherUsage } from '#lib/db/usage-events.ts'
import { type Usage, unknownUsage } from '#lib/providers/answer-events.ts'
import { type CompletedText, completeText, type TextRequest } from '#lib/providers/complete-text.ts'
import { ProviderFailure } from '#lib/providers/provider-failure.ts'
import type { ChatModel } from '#lib/providers/resolve-models.ts'
import { costOfCall, heldFor } from './account-calls.ts'
import { countCall } from './record-metrics.ts'
import { traceCall } from './trace-turn.ts'

/** A call that no answer asked for, as it ended. */
export interface UsageRecord extends Pick<OtherUsage, 'userId' | 'conversationId' | 'kind' | 'latencyMs'> {
  model: ChatModel
  usage: Usage
  /** `complete`, `truncated`, or the code of its failure. */
  outcome: string
  /** Tokens of what was sent and of what came, as counted here: for an estimate when nothing was reported. */
  counted: { input: number; output: number }
}

/** Enters a call into the ledger of usage: it counts against the person's budget, and is never refused for it. */
async function recordUsage(record: UsageRecord): Promise<void> {
  const { model, usage, outcome, counted, ...rest } = record
  const cost = costOfCall({ usage, model, outcome, hasText: counted.output > 0 })
  const { provider, model: name } = model.label
  const { kind, latencyMs, conversationId } = rest
  countCall(kind, { ...usage, provider, model: name, cost, latencyMs })
  if (latencyMs !== null)
    traceCall({ ...usage, purpose: kind, provider, model: name, conversationId, outcome, latencyMs })
  await insertUsage({
    ...{ ...rest, ...usage, outcome, cost, id: uuidv7(), timeToFirstTokenMs: null },
    ...{ provider, model: name },
    held: heldFor(cost, counted.input, counted.output, model),
  })
}

/**
 * Asks for a text and enters the call into the ledger, however it ended.
 *
 * @throws ProviderFailure
 */
export async function completeAndRecord(
  whose: Pick<UsageRecord, 'userId' | 'conversationId'>,
  request: TextRequest,
): Promise<CompletedText> {
  const startedAt = performance.now()
  const record = (outcome: string, usage: Usage, text: string) =>
    recordUsage({
      ...{ ...whose, kind: request.purpose, model: request.model, outcome, usage },
      latencyMs: Math.round(performance.now() - startedAt),
      counted: { input: countTokens(request.prompt), output: countTokens(text) },
    })
  try {
    const completed = await completeText(request)
    const outcome = completed.isTruncated ? 'truncated' : 'complete'
    await record(outcome, completed.usage, completed.text)
    return completed
  } catch (error) {
    if (error instanceof ProviderFailure) await record(error.code, unknownUsage, '')
    throw error
  }
}
