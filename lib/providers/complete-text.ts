import { generateText } from 'ai'
import type { ChatModel } from './resolve-models.ts'

/** A reasoning model spends output before it writes, so a short text needs more room than its words. */
const MAX_OUTPUT_TOKENS = 1_000
const TIMEOUT_MS = 30_000

/**
 * One short text of a model, not streamed: a title.
 *
 * @param request.prompt the whole prompt, which holds what the text is about
 * @param request.input what the text is about, alone: for the demo model, which works by rule; sent to no provider
 * @throws what the SDK throws; the job that called decides about retries
 */
export async function completeText(request: {
  model: ChatModel
  purpose: 'title'
  prompt: string
  input: string
}): Promise<string> {
  const { text } = await generateText({
    model: request.model.languageModel,
    prompt: request.prompt,
    maxOutputTokens: Math.min(MAX_OUTPUT_TOKENS, request.model.maxOutputTokens),
    maxRetries: 0,
    timeout: TIMEOUT_MS,
    providerOptions: { stoa: { purpose: request.purpose, input: request.input } },
  })
  return text
}
