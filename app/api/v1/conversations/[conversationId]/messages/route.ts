import { messageQuerySchema } from '#lib/api/conversations.ts'
import { requireCaller } from '#lib/auth/require-caller.ts'
import { answerProblems } from '#lib/server/answer-problems.ts'
import { apiJson } from '#lib/server/api-json.ts'
import { apiMessages } from '#lib/server/api-messages.ts'
import { apiQuery } from '#lib/server/api-query.ts'
import { conversationIdFrom } from '#lib/server/path-ids.ts'

/** The last messages of the branch that is shown, or those before one of them. */
export function GET(
  request: Request,
  context: RouteContext<'/api/v1/conversations/[conversationId]/messages'>,
): Promise<Response> {
  return answerProblems(async () => {
    const { user } = await requireCaller(request, 'read')
    const query = apiQuery(request, messageQuerySchema)
    return apiJson(request, await apiMessages(user.id, conversationIdFrom(await context.params), query))
  })
}
