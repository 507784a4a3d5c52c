import { requireUser } from '#lib/auth/session.ts'
import { contextQuerySchema } from '#lib/chat/chat-request.ts'
import { answerErrors } from '#lib/server/answer-errors.ts'
import { conversationIdFrom } from '#lib/server/path-ids.ts'
import { readGauge } from '#lib/server/read-gauge.ts'
import { parseWith } from '#lib/server/read-json.ts'

type Context = RouteContext<'/api/conversations/[conversationId]/context'>

/** What the next message would be sent with; `?persona=`, `?intensity=` and `?model=` as it would choose them. */
export function GET(request: Request, context: Context): Promise<Response> {
  return answerErrors(async () => {
    const user = await requireUser()
    const conversationId = conversationIdFrom(await context.params)
    const query = parseWith(contextQuerySchema, Object.fromEntries(new URL(request.url).searchParams))
    return Response.json(await readGauge(user.id, conversationId, query))
  })
}
