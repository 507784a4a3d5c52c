import { chatRequestSchema } from '#lib/api/chat.ts'
import { requireCaller } from '#lib/auth/require-caller.ts'
import { answerProblems } from '#lib/server/answer-problems.ts'
import { apiAnswerResponse } from '#lib/server/api-answer-response.ts'
import { sendThroughApi } from '#lib/server/api-turn.ts'
import { readJson } from '#lib/server/read-json.ts'
import { withTurnSlot } from '#lib/server/turn-slots.ts'

/** Sends a message and answers with the answer, whole or as it is written. */
export function POST(request: Request): Promise<Response> {
  return answerProblems(async () => {
    const { user, tokenId } = await withTurnSlot(() => requireCaller(request, 'write'))
    const chatRequest = await readJson(request, chatRequestSchema)
    const key = request.headers.get('idempotency-key')
    const turn = await withTurnSlot(() => sendThroughApi(user.id, chatRequest, key))
    return apiAnswerResponse(request, turn, { userId: user.id, tokenId, stream: chatRequest.stream })
  })
}
