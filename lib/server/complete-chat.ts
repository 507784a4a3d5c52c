import { v7 as uuidv7 } from 'uuid'
import type { CompletionRequest } from '#lib/api/chat-completion.ts'
import { AppError } from '#lib/errors.ts'
import { sendThroughApi } from './api-turn.ts'
import { type CompletionModel, findCompletionModel } from './completion-model.ts'
import { followAnswer } from './follow-answer.ts'
import type { OpenAiAnswer } from './openai-answer.ts'
import { checkHeld, startCompletion } from './start-completion.ts'

/**
 * Has an answer written for a client of OpenAI's: to its own messages, of which nothing is kept, or, when it names a
 * conversation of Stoa's, to its last one as the next message there.
 *
 * @param key the request's Idempotency-Key
 * @throws AppError model_not_found, unsupported_parameter, and as `startCompletion` or `sendThroughApi`
 */
export async function completeChat(
  { user, tokenId }: { user: { id: string }; tokenId: string | null },
  request: CompletionRequest,
  key: string | null,
): Promise<OpenAiAnswer> {
  const model = findCompletionModel(request.model)
  const common = { id: `chatcmpl-${uuidv7()}`, model: request.model, userId: user.id, tokenId }
  const conversationId = request.metadata?.conversation_id
  if (conversationId === undefined) {
    const completion = await startCompletion(user.id, request, model)
    return {
      ...{ ...common, answer: completion.answer, isKept: false },
      check: () => checkHeld(completion),
      abandon: () => completion.abort('stopped'),
    }
  }
  const turn = await sendThroughApi(
    user.id,
    { conversationId, stream: true, ...newMessage(request, model) },
    key,
  )
  // It is read by others, too, and stopped by them: leaving it ends nothing.
  const nothing = () => undefined
  return { ...common, answer: followAnswer(turn), isKept: true, check: nothing, abandon: nothing }
}

const ownSettings = [
  ...(['temperature', 'top_p', 'presence_penalty', 'frequency_penalty', 'seed', 'stop'] as const),
  ...(['max_tokens', 'max_completion_tokens'] as const),
]

/** Of a conversation that Stoa remembers only the last message is new; it goes on as it is set, also at its intensity unless that is named. */
function newMessage(request: CompletionRequest, { persona, intensity }: CompletionModel) {
  const set = ownSettings.find((name) => request[name] != null)
  if (set !== undefined) {
    throw new AppError(
      'unsupported_parameter',
      `'${set}' is not supported with 'metadata.conversation_id': a kept conversation is answered as the server is set. Leave one of them out.`,
      { field: set },
    )
  }
  const last = request.messages.at(-1)
  if (last?.role !== 'user') {
    throw new AppError('invalid_request', 'The last message has to be one of the user.', {
      field: 'messages',
    })
  }
  return { message: last.content, persona, ...(intensity !== null && { intensity }) }
}
