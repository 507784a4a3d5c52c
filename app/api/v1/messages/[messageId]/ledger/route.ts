import { requireCaller } from '#lib/auth/require-caller.ts'
import { findMessage } from '#lib/db/messages.ts'
import { answerProblems } from '#lib/server/answer-problems.ts'
import { apiJson } from '#lib/server/api-json.ts'
import { apiLedger } from '#lib/server/api-ledger.ts'
import { messageIdOf, messageNotFound } from '#lib/server/path-ids.ts'

/** How an answer was made. */
export function GET(
  request: Request,
  context: RouteContext<'/api/v1/messages/[messageId]/ledger'>,
): Promise<Response> {
  return answerProblems(async () => {
    const { user } = await requireCaller(request, 'read')
    const messageId = messageIdOf(await context.params)
    const found = await findMessage(user.id, messageId)
    if (!found) throw messageNotFound()
    return apiJson(request, await apiLedger(user.id, { conversationId: found.conversationId, messageId }))
  })
}
