import { parseEventId } from '#lib/api/event-id.ts'
import { requireCaller } from '#lib/auth/require-caller.ts'
import { findConversation } from '#lib/db/conversations.ts'
import { findRunningGeneration, readTurn } from '#lib/db/generations.ts'
import { answerProblems } from '#lib/server/answer-problems.ts'
import { noContent } from '#lib/server/api-json.ts'
import { apiStream } from '#lib/server/api-stream.ts'
import { conversationIdFrom, conversationNotFound } from '#lib/server/path-ids.ts'

/**
 * The answer that is being written; with `Last-Event-ID`, the rest of the answer that this event was of, also when that has
 * ended meanwhile. 204 when there is none.
 */
export function GET(
  request: Request,
  context: RouteContext<'/api/v1/conversations/[conversationId]/stream'>,
): Promise<Response> {
  return answerProblems(async () => {
    const { user, tokenId } = await requireCaller(request, 'read')
    const conversationId = conversationIdFrom(await context.params)
    const last = parseEventId(request.headers.get('last-event-id'))
    const generationId = last?.generationId ?? (await findRunningGeneration(user.id, conversationId))
    const turn = generationId && (await readTurn(user.id, generationId))
    if (turn && turn.conversationId === conversationId) {
      return apiStream(turn, { userId: user.id, tokenId, offset: last?.offset ?? 0 })
    }
    if (!(await findConversation(user.id, conversationId))) throw conversationNotFound()
    return noContent()
  })
}
