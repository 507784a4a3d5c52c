import { requireUser } from '#lib/auth/session.ts'
import { branchWindowSchema } from '#lib/chat/chat-request.ts'
import { answerErrors } from '#lib/server/answer-errors.ts'
import { apiQuery } from '#lib/server/api-query.ts'
import { changeBranch } from '#lib/server/change-branch.ts'
import { messageIdFrom } from '#lib/server/path-ids.ts'
import { requireOwnOrigin } from '#lib/server/require-own-origin.ts'

/** Brings back what was deleted with a message; the conversation as it is then. */
export function POST(
  request: Request,
  context: RouteContext<'/api/conversations/[conversationId]/messages/[messageId]/restore'>,
): Promise<Response> {
  return answerErrors(async () => {
    const user = await requireUser()
    const window = apiQuery(request, branchWindowSchema)
    requireOwnOrigin(request)
    const { conversationId, messageId } = messageIdFrom(await context.params)
    return Response.json(await changeBranch(user.id, conversationId, messageId, 'restore', window))
  })
}
