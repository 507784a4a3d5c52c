import { z } from 'zod'
import { requireUser } from '#lib/auth/session.ts'
import { findConversation } from '#lib/db/conversations.ts'
import { findRunningGeneration, readTurn } from '#lib/db/generations.ts'
import { answerErrors } from '#lib/server/answer-errors.ts'
import { conversationIdFrom, conversationNotFound } from '#lib/server/path-ids.ts'
import { parseWith } from '#lib/server/read-json.ts'
import { turnResponse } from '#lib/server/turn-response.ts'

const querySchema = z.object({ after: z.coerce.number('a length in characters').int().min(0).default(0) })

/** Takes up the running answer of a conversation at `?after=` UTF-16 units; 204 when none is being written. */
export function GET(
  request: Request,
  context: RouteContext<'/api/chat/[conversationId]/stream'>,
): Promise<Response> {
  return answerErrors(async () => {
    const user = await requireUser()
    const conversationId = conversationIdFrom(await context.params)
    const { after } = parseWith(querySchema, Object.fromEntries(new URL(request.url).searchParams))
    const generationId = await findRunningGeneration(user.id, conversationId)
    const turn = generationId && (await readTurn(user.id, generationId))
    if (turn) return turnResponse(turn, after)
    if (!(await findConversation(user.id, conversationId))) throw conversationNotFound()
    return new Response(null, { status: 204 })
  })
}
