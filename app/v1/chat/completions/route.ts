import { completionRequestSchema } from '#lib/api/chat-completion.ts'
import { requireCaller } from '#lib/auth/require-caller.ts'
import { answerOpenAi } from '#lib/server/answer-openai.ts'
import { completeChat } from '#lib/server/complete-chat.ts'
import { completionResponse } from '#lib/server/completion-response.ts'
import { readJson } from '#lib/server/read-json.ts'
import { withTurnSlot } from '#lib/server/turn-slots.ts'

/** OpenAI's chat completions, written by a persona. */
export function POST(request: Request): Promise<Response> {
  return answerOpenAi(async () => {
    const caller = await withTurnSlot(() => requireCaller(request, 'write'))
    const asked = await readJson(request, completionRequestSchema)
    const key = request.headers.get('idempotency-key')
    return completionResponse(request, asked, await withTurnSlot(() => completeChat(caller, asked, key)))
  })
}
