import { requireUser } from '#lib/auth/session.ts'
import { branchWindowSchema, openBranchSchema } from '#lib/chat/chat-request.ts'
import { answerErrors } from '#lib/server/answer-errors.ts'
import { apiQuery } from '#lib/server/api-query.ts'
import { changeBranch } from '#lib/server/change-branch.ts'
import { conversationIdFrom } from '#lib/server/path-ids.ts'
import { readJson } from '#lib/server/read-json.ts'

/** Shows the branch that a message is on; the conversation as it is then. */
export function PUT(
  request: Request,
  context: RouteContext<'/api/conversations/[conversationId]/branch'>,
): Promise<Response> {
  return answerErrors(async () => {
    const user = await requireUser()
    const window = apiQuery(request, branchWindowSchema)
    const { messageId } = await readJson(request, openBranchSchema)
    const conversationId = conversationIdFrom(await context.params)
    return Response.json(await changeBranch(user.id, conversationId, messageId, 'open', window))
  })
}
