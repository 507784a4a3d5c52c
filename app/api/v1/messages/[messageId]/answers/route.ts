import { answerRequestSchema } from '#lib/api/chat.ts'
import { requireCaller } from '#lib/auth/require-caller.ts'
import { answerProblems } from '#lib/server/answer-problems.ts'
import { apiAnswerResponse } from '#lib/server/api-answer-response.ts'
import { answerThroughApi } from '#lib/server/api-turn.ts'
import { messageIdOf } from '#lib/server/path-ids.ts'
import { readJson } from '#lib/server/read-json.ts'
import { withTurnSlot } from '#lib/server/turn-slots.ts'

/** Another answer to a message. */
export function POST(
  request: Request,
  context: RouteContext<'/api/v1/messages/[messageId]/answers'>,
): Promise<Response> {
  return answerProblems(async () => {
    const { user, tokenId } = await withTurnSlot(() => requireCaller(request, 'write'))
    const answerRequest = await readJson(request, answerRequestSchema)
    const messageId = messageIdOf(await context.params)
    const key = request.headers.get('idempotency-key')
    const turn = await withTurnSlot(() => answerThroughApi(user.id, messageId, answerRequest, key))
    return apiAnswerResponse(request, turn, { userId: user.id, tokenId, stream: answerRequest.stream })
  })
}
