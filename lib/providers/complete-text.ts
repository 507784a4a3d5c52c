import { generateText, type LanguageModelUsage } from 'ai'
import type { Usage } from './answer-events.ts'
import { ProviderFailure } from './provider-failure.ts'
import type { ChatModel } from './resolve-models.ts'

/** A reasoning model spends output before it writes, so a short text needs more room than its words. */
const MAX_OUTPUT_TOKENS = 1_000
const TIMEOUT_MS = 30_000

export interface TextRequest {
  model: ChatModel
  purpose: 'title' | 'summary'
  /** The whole prompt, which holds what the text is about. */
  prompt: string
  /** What the text is about, alone: for the demo model, which works by rule; sent to no provider. */
  input: string
  maxOutputTokens?: number
  timeoutMs?: number
}

export interface CompletedText {
  text: string
  /** Whether it reached its limit before its end. */
  isTruncated: boolean
  usage: Usage
}

/**
 * One short text of a model, not streamed: a title, a summary. Whoever wants it entered into the ledger of usage, as every
 * call has to be, asks through lib/server/record-usage.ts.
 *
 * @throws ProviderFailure; the job that called decides about retries
 */
export async function completeText(request: TextRequest): Promise<CompletedText> {
  const {
    model,
    purpose,
    prompt,
    input,
    maxOutputTokens = MAX_OUTPUT_TOKENS,
    timeoutMs = TIMEOUT_MS,
  } = request
  try {
    const { text, usage, finishReason } = await generateText({
      model: model.languageModel,
      prompt,
      maxOutputTokens: Math.min(maxOutputTokens, model.maxOutputTokens),
      maxRetries: 0,
      timeout: timeoutMs,
      providerOptions: { stoa: { purpose, input } },
    })
    return { text, isTruncated: finishReason === 'length', usage: readUsage(usage) }
  } catch (error) {
    throw ProviderFailure.from(error)
  }
}

/** What was not reported is unknown, not 0. */
function readUsage(usage: LanguageModelUsage): Usage {
  return {
    inputTokens: usage.inputTokens ?? null,
    outputTokens: usage.outputTokens ?? null,
    cachedInputTokens: usage.inputTokenDetails.cacheReadTokens ?? null,
    reasoningTokens: usage.outputTokenDetails.reasoningTokens ?? null,
  }
}
