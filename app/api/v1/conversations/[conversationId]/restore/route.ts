import { requireCaller } from '#lib/auth/require-caller.ts'
import { answerProblems } from '#lib/server/answer-problems.ts'
import { apiJson } from '#lib/server/api-json.ts'
import { restoreConversation } from '#lib/server/change-conversation.ts'
import { conversationIdFrom } from '#lib/server/path-ids.ts'
import { requireOwnOrigin } from '#lib/server/require-own-origin.ts'

/** Brings a deleted conversation back, within 30 days. */
export function POST(
  request: Request,
  context: RouteContext<'/api/v1/conversations/[conversationId]/restore'>,
): Promise<Response> {
  return answerProblems(async () => {
    const { user } = await requireCaller(request, 'write')
    requireOwnOrigin(request)
    return apiJson(request, await restoreConversation(user.id, conversationIdFrom(await context.params)))
  })
}
