import { requireUser } from '#lib/auth/session.ts'
import { answerErrors } from '#lib/server/answer-errors.ts'
import { listSummaries } from '#lib/server/change-summary.ts'
import { conversationIdFrom } from '#lib/server/path-ids.ts'
import { remakeSummary } from '#lib/server/remake-summary.ts'
import { requireOwnOrigin } from '#lib/server/require-own-origin.ts'

/** Has it written anew, which takes as long as a model takes. The newest versions as they are then. */
export function POST(
  request: Request,
  context: RouteContext<'/api/conversations/[conversationId]/summaries/remake'>,
): Promise<Response> {
  return answerErrors(async () => {
    const user = await requireUser()
    requireOwnOrigin(request)
    const conversationId = conversationIdFrom(await context.params)
    await remakeSummary(user.id, conversationId)
    return Response.json(await listSummaries(user.id, conversationId), { status: 201 })
  })
}
