import { requireCaller } from '#lib/auth/require-caller.ts'
import { answerProblems } from '#lib/server/answer-problems.ts'
import { apiJson } from '#lib/server/api-json.ts'
import { apiStats } from '#lib/server/api-stats.ts'
import { conversationIdFrom } from '#lib/server/path-ids.ts'

/** What a conversation has come to: messages, tokens, cost, and how full its context is. */
export function GET(
  request: Request,
  context: RouteContext<'/api/v1/conversations/[conversationId]/stats'>,
): Promise<Response> {
  return answerProblems(async () => {
    const { user } = await requireCaller(request, 'read')
    return apiJson(request, await apiStats(user.id, conversationIdFrom(await context.params)))
  })
}
