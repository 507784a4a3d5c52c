import { requireUser } from '#lib/auth/session.ts'
import { branchWindowSchema, clearSchema } from '#lib/chat/chat-request.ts'
import { answerErrors } from '#lib/server/answer-errors.ts'
import { apiQuery } from '#lib/server/api-query.ts'
import { changeBranch } from '#lib/server/change-branch.ts'
import { conversationIdFrom } from '#lib/server/path-ids.ts'
import { readJson } from '#lib/server/read-json.ts'

type Context = RouteContext<'/api/conversations/[conversationId]/clear'>

/** Starts the context afresh after the last answer: it and what came before are not sent any more. The conversation as it is then. */
export function POST(request: Request, context: Context): Promise<Response> {
  return change(request, context, 'clear')
}

/** Takes that back. The conversation as it is then. */
export function DELETE(request: Request, context: Context): Promise<Response> {
  return change(request, context, 'unclear')
}

function change(request: Request, context: Context, kind: 'clear' | 'unclear'): Promise<Response> {
  return answerErrors(async () => {
    const user = await requireUser()
    const window = apiQuery(request, branchWindowSchema)
    const { messageId } = await readJson(request, clearSchema)
    const conversationId = conversationIdFrom(await context.params)
    return Response.json(await changeBranch(user.id, conversationId, messageId, kind, window))
  })
}
