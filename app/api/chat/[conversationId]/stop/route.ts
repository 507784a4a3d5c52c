import { requireUser } from '#lib/auth/session.ts'
import { stopSchema } from '#lib/chat/chat-request.ts'
import { findConversation } from '#lib/db/conversations.ts'
import { answerErrors } from '#lib/server/answer-errors.ts'
import { conversationIdFrom, conversationNotFound } from '#lib/server/path-ids.ts'
import { readJson } from '#lib/server/read-json.ts'
import { stopGeneration } from '#lib/server/stop-generation.ts'

/** Stops the answer that is being written in a conversation, wherever it runs. */
export function POST(
  request: Request,
  context: RouteContext<'/api/chat/[conversationId]/stop'>,
): Promise<Response> {
  return answerErrors(async () => {
    const user = await requireUser()
    const { generationId = null } = await readJson(request, stopSchema)
    const conversationId = conversationIdFrom(await context.params)
    const stopped = await stopGeneration(user.id, conversationId, generationId)
    if (!stopped && !(await findConversation(user.id, conversationId))) throw conversationNotFound()
    return Response.json({ stopped })
  })
}
