import { conversationChangeSchema } from '#lib/api/conversations.ts'
import { requireCaller } from '#lib/auth/require-caller.ts'
import { findConversation } from '#lib/db/conversations.ts'
import { answerProblems } from '#lib/server/answer-problems.ts'
import { apiJson, noContent } from '#lib/server/api-json.ts'
import { changeConversation, removeConversation } from '#lib/server/change-conversation.ts'
import { conversationIdFrom, conversationNotFound } from '#lib/server/path-ids.ts'
import { readJson } from '#lib/server/read-json.ts'
import { requireOwnOrigin } from '#lib/server/require-own-origin.ts'

type Context = RouteContext<'/api/v1/conversations/[conversationId]'>

/** A conversation without its messages. */
export function GET(request: Request, context: Context): Promise<Response> {
  return answerProblems(async () => {
    const { user } = await requireCaller(request, 'read')
    const found = await findConversation(user.id, conversationIdFrom(await context.params))
    if (!found) throw conversationNotFound()
    return apiJson(request, found)
  })
}

/** Changes its title, persona, intensity or model, pins or archives it. */
export function PATCH(request: Request, context: Context): Promise<Response> {
  return answerProblems(async () => {
    const { user } = await requireCaller(request, 'write')
    const change = await readJson(request, conversationChangeSchema)
    const conversationId = conversationIdFrom(await context.params)
    return apiJson(request, await changeConversation(user.id, conversationId, change))
  })
}

/** Deletes it; its rows are kept for 30 days. */
export function DELETE(request: Request, context: Context): Promise<Response> {
  return answerProblems(async () => {
    const { user } = await requireCaller(request, 'write')
    requireOwnOrigin(request)
    await removeConversation(user.id, conversationIdFrom(await context.params))
    return noContent()
  })
}
