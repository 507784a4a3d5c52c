import type { CompletionRequest } from '#lib/api/chat-completion.ts'
import type { GenerationView } from '#lib/chat/types.ts'
import { completionStream } from './completion-stream.ts'
import { createdNow, finishOf, type OpenAiAnswer, usageOf } from './openai-answer.ts'

/**
 * The answer as its client wants it: whole, or as it is written.
 *
 * @throws FailedCompletion, and what `check` throws
 */
export async function completionResponse(
  { signal }: Request,
  { stream, stream_options }: CompletionRequest,
  asked: OpenAiAnswer,
): Promise<Response> {
  // A client that left before the first word, whose stream nobody would ever cancel.
  if (signal.aborted) asked.abandon()
  else signal.addEventListener('abort', asked.abandon, { once: true })
  return stream
    ? completionStream(asked, stream_options?.include_usage === true)
    : wholeCompletion(asked, await asked.answer.ended())
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
