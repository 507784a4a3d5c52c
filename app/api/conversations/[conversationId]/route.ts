import { requireUser } from '#lib/auth/session.ts'
import { MESSAGES_PER_PAGE } from '#lib/chat/branch-window.ts'
import { conversationPatchSchema, messagesQuerySchema } from '#lib/chat/chat-request.ts'
import { readConversation } from '#lib/db/conversations.ts'
import { answerErrors } from '#lib/server/answer-errors.ts'
import { apiMessages } from '#lib/server/api-messages.ts'
import { apiQuery } from '#lib/server/api-query.ts'
import { changeConversation, removeConversation } from '#lib/server/change-conversation.ts'
import { conversationIdFrom, conversationNotFound } from '#lib/server/path-ids.ts'
import { readJson } from '#lib/server/read-json.ts'
import { requireOwnOrigin } from '#lib/server/require-own-origin.ts'

type Context = RouteContext<'/api/conversations/[conversationId]'>

/**
 * A conversation with the latest messages of its active branch, and with all from one on that `?from=` names;
 * with `?before=` only the page of messages before one.
 */
export function GET(request: Request, context: Context): Promise<Response> {
  return answerErrors(async () => {
    const user = await requireUser()
    const { before, from } = apiQuery(request, messagesQuerySchema)
    const conversationId = conversationIdFrom(await context.params)
    if (before !== undefined) {
      const { messages } = await apiMessages(user.id, conversationId, { limit: MESSAGES_PER_PAGE, before })
      return Response.json({ messages })
    }
    const found = await readConversation(user.id, conversationId, { from })
    if (!found) throw conversationNotFound()
    return Response.json(found)
  })
}

/** Changes its title, persona, intensity or model, or keeps one that was temporary. */
export function PATCH(request: Request, context: Context): Promise<Response> {
  return answerErrors(async () => {
    const user = await requireUser()
    const change = await readJson(request, conversationPatchSchema)
    const conversationId = conversationIdFrom(await context.params)
    return Response.json({ conversation: await changeConversation(user.id, conversationId, change) })
  })
}

/** Deletes it; its rows are kept for 30 days. */
export function DELETE(request: Request, context: Context): Promise<Response> {
  return answerErrors(async () => {
    const user = await requireUser()
    requireOwnOrigin(request)
    await removeConversation(user.id, conversationIdFrom(await context.params))
    return new Response(null, { status: 204 })
  })
}
