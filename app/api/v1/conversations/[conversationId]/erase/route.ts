import { requireCaller } from '#lib/auth/require-caller.ts'
import { answerProblems } from '#lib/server/answer-problems.ts'
import { noContent } from '#lib/server/api-json.ts'
import { eraseConversation } from '#lib/server/change-conversation.ts'
import { conversationIdFrom } from '#lib/server/path-ids.ts'
import { requireOwnOrigin } from '#lib/server/require-own-origin.ts'

/** Erases a deleted conversation for ever. */
export function POST(
  request: Request,
  context: RouteContext<'/api/v1/conversations/[conversationId]/erase'>,
): Promise<Response> {
  return answerProblems(async () => {
    const { user } = await requireCaller(request, 'write')
    requireOwnOrigin(request)
    await eraseConversation(user.id, conversationIdFrom(await context.params))
    return noContent()
  })
}
