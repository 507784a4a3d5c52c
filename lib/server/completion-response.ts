import type { CompletionRequest } from '#lib/api/chat-completion.ts'
import type { GenerationView } from '#lib/chat/types.ts'
import { completionStream } from './completion-stream.ts'
import { createdNow, finishOf, type OpenAiAnswer, usageOf } from './openai-answer.ts'
import { rateLimitHeaders } from './rate-limit-headers.ts'
import { whileTokenHolds } from './when-revoked.ts'

/**
 * The answer as its client wants it: whole, or as it is written.
 *
 * @throws FailedCompletion, what `check` throws, and AppError invalid_token when the token does not hold that long
 */
export async function completionResponse(
  { signal }: Request,
  { stream, stream_options }: CompletionRequest,
  asked: OpenAiAnswer,
): Promise<Response> {
  // A client that left before the first word, whose stream nobody would ever cancel.
  if (signal.aborted) asked.abandon()
  else signal.addEventListener('abort', asked.abandon, { once: true })
  const limits = rateLimitHeaders(asked.userId)
  const answered = stream
    ? completionStream(asked, stream_options?.include_usage === true)
    : asked.answer.ended().then((ended) => wholeCompletion(asked, ended))
  try {
    const response = await whileTokenHolds(asked.tokenId, answered)
    for (const [name, value] of Object.entries(await limits)) response.headers.set(name, value)
    return response
  } catch (error) {
    asked.abandon()
    throw error
  }
}

function wholeCompletion(asked: OpenAiAnswer, ended: GenerationView): Response {
  const finish_reason = finishOf(asked, ended)
  const message = { role: 'assistant', content: asked.answer.text, refusal: null }
  return Response.json({
    ...{ id: asked.id, object: 'chat.completion', created: createdNow(), model: asked.model },
    choices: [{ index: 0, message, logprobs: null, finish_reason }],
    usage: usageOf(ended),
  })
}
