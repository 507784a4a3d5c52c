import { requireCaller } from '#lib/auth/require-caller.ts'
import { editSummarySchema, summaryQuerySchema } from '#lib/chat/chat-request.ts'
import { answerProblems } from '#lib/server/answer-problems.ts'
import { apiJson } from '#lib/server/api-json.ts'
import { apiQuery } from '#lib/server/api-query.ts'
import { editSummary, listSummaries } from '#lib/server/change-summary.ts'
import { conversationIdFrom } from '#lib/server/path-ids.ts'
import { readJson } from '#lib/server/read-json.ts'

type Context = RouteContext<'/api/v1/conversations/[conversationId]/summaries'>

/** The versions of its summary, newest first. */
export function GET(request: Request, context: Context): Promise<Response> {
  return answerProblems(async () => {
    const { user } = await requireCaller(request, 'read')
    const { before } = apiQuery(request, summaryQuerySchema)
    return apiJson(request, await listSummaries(user.id, conversationIdFrom(await context.params), before))
  })
}

/** Stores what the person made of the one that holds. The newest versions as they are then. */
export function POST(request: Request, context: Context): Promise<Response> {
  return answerProblems(async () => {
    const { user } = await requireCaller(request, 'write')
    const edit = await readJson(request, editSummarySchema)
    const conversationId = conversationIdFrom(await context.params)
    await editSummary(user.id, conversationId, edit)
    const headers = { location: `/api/v1/conversations/${conversationId}/summaries` }
    return apiJson(request, await listSummaries(user.id, conversationId), { status: 201, headers })
  })
}
