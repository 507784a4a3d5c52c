import { requireUser } from '#lib/auth/session.ts'
import { answerErrors } from '#lib/server/answer-errors.ts'
import { listSummaries, restoreSummary } from '#lib/server/change-summary.ts'
import { conversationIdFrom, versionFrom } from '#lib/server/path-ids.ts'
import { requireOwnOrigin } from '#lib/server/require-own-origin.ts'

/** Has this version hold again. The newest versions as they are then. */
export function POST(
  request: Request,
  context: RouteContext<'/api/conversations/[conversationId]/summaries/[version]/restore'>,
): Promise<Response> {
  return answerErrors(async () => {
    const user = await requireUser()
    requireOwnOrigin(request)
    const params = await context.params
    const conversationId = conversationIdFrom(params)
    await restoreSummary(user.id, conversationId, versionFrom(params))
    return Response.json(await listSummaries(user.id, conversationId), { status: 201 })
  })
}
