import { requireUser } from '#lib/auth/session.ts'
import { readConversationStats } from '#lib/db/conversation-stats.ts'
import { answerErrors } from '#lib/server/answer-errors.ts'
import { conversationIdFrom, conversationNotFound } from '#lib/server/path-ids.ts'

/** What a conversation has come to: messages, tokens, cost. */
export function GET(
  _request: Request,
  context: RouteContext<'/api/conversations/[conversationId]/stats'>,
): Promise<Response> {
  return answerErrors(async () => {
    const user = await requireUser()
    const stats = await readConversationStats(user.id, conversationIdFrom(await context.params))
    if (!stats) throw conversationNotFound()
    return Response.json(stats)
  })
}
