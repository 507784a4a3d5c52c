import { requireCaller } from '#lib/auth/require-caller.ts'
import { findConversation } from '#lib/db/conversations.ts'
import { answerProblems } from '#lib/server/answer-problems.ts'
import { apiJson } from '#lib/server/api-json.ts'
import { conversationIdFrom, conversationNotFound } from '#lib/server/path-ids.ts'
import { requireOwnOrigin } from '#lib/server/require-own-origin.ts'
import { stopGeneration } from '#lib/server/stop-generation.ts'

/** Stops the answer that is being written in a conversation, wherever it runs. */
export function POST(
  request: Request,
  context: RouteContext<'/api/v1/conversations/[conversationId]/stop'>,
): Promise<Response> {
  return answerProblems(async () => {
    const { user } = await requireCaller(request, 'write')
    requireOwnOrigin(request)
    const conversationId = conversationIdFrom(await context.params)
    const stopped = await stopGeneration(user.id, conversationId)
    if (!stopped && !(await findConversation(user.id, conversationId))) throw conversationNotFound()
    return apiJson(request, { stopped })
  })
}
