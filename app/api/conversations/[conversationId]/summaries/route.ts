import { requireUser } from '#lib/auth/session.ts'
import { editSummarySchema, summaryQuerySchema } from '#lib/chat/chat-request.ts'
import { answerErrors } from '#lib/server/answer-errors.ts'
import { editSummary, listSummaries } from '#lib/server/change-summary.ts'
import { conversationIdFrom } from '#lib/server/path-ids.ts'
import { parseWith, readJson } from '#lib/server/read-json.ts'

type Context = RouteContext<'/api/conversations/[conversationId]/summaries'>

/** The versions of its summary, newest first; `?before=N`: those before version N. */
export function GET(request: Request, context: Context): Promise<Response> {
  return answerErrors(async () => {
    const user = await requireUser()
    const query = Object.fromEntries(new URL(request.url).searchParams)
    const { before } = parseWith(summaryQuerySchema, query)
    return Response.json(await listSummaries(user.id, conversationIdFrom(await context.params), before))
  })
}

/** Stores what the person made of the newest one. The newest versions as they are then. */
export function POST(request: Request, context: Context): Promise<Response> {
  return answerErrors(async () => {
    const user = await requireUser()
    const edit = await readJson(request, editSummarySchema)
    const conversationId = conversationIdFrom(await context.params)
    await editSummary(user.id, conversationId, edit)
    return Response.json(await listSummaries(user.id, conversationId), { status: 201 })
  })
}
