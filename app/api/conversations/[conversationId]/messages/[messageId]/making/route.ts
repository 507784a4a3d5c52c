import { requireUser } from '#lib/auth/session.ts'
import { makingQuerySchema } from '#lib/chat/chat-request.ts'
import { answerErrors } from '#lib/server/answer-errors.ts'
import { generationMaking } from '#lib/server/generation-making.ts'
import { messageIdFrom } from '#lib/server/path-ids.ts'
import { parseWith } from '#lib/server/read-json.ts'

/** How an answer was made; `?generation=…`: by this one of its runs. */
export function GET(
  request: Request,
  context: RouteContext<'/api/conversations/[conversationId]/messages/[messageId]/making'>,
): Promise<Response> {
  return answerErrors(async () => {
    const user = await requireUser()
    const place = messageIdFrom(await context.params)
    const query = parseWith(makingQuerySchema, Object.fromEntries(new URL(request.url).searchParams))
    return Response.json(await generationMaking(user.id, place, query.generation ?? null))
  })
}
