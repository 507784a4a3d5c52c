import { requireUser } from '#lib/auth/session.ts'
import { branchWindowSchema } from '#lib/chat/chat-request.ts'
import { countBranch } from '#lib/db/branches.ts'
import { answerErrors } from '#lib/server/answer-errors.ts'
import { apiQuery } from '#lib/server/api-query.ts'
import { changeBranch } from '#lib/server/change-branch.ts'
import { messageIdFrom, messageNotFound } from '#lib/server/path-ids.ts'
import { requireOwnOrigin } from '#lib/server/require-own-origin.ts'

type Context = RouteContext<'/api/conversations/[conversationId]/messages/[messageId]'>

/** How many messages deleting this one would delete: itself and all that follows from it, on every branch. */
export function GET(_request: Request, context: Context): Promise<Response> {
  return answerErrors(async () => {
    const user = await requireUser()
    const { conversationId, messageId } = messageIdFrom(await context.params)
    const messageCount = await countBranch(user.id, conversationId, messageId)
    if (messageCount === null) throw messageNotFound()
    return Response.json({ messageCount })
  })
}

/** Deletes it with all that follows from it; the rows are kept for 30 days. The conversation as it is then. */
export function DELETE(request: Request, context: Context): Promise<Response> {
  return answerErrors(async () => {
    const user = await requireUser()
    requireOwnOrigin(request)
    const window = apiQuery(request, branchWindowSchema)
    const { conversationId, messageId } = messageIdFrom(await context.params)
    return Response.json(await changeBranch(user.id, conversationId, messageId, 'remove', window))
  })
}
