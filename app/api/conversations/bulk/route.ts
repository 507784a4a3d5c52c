import { requireUser } from '#lib/auth/session.ts'
import { bulkRequestSchema } from '#lib/chat/library-request.ts'
import { answerErrors } from '#lib/server/answer-errors.ts'
import { changeManyConversations } from '#lib/server/change-conversation.ts'
import { readJson } from '#lib/server/read-json.ts'

/** Does the same with several conversations: with all of them or with none. */
export function POST(request: Request): Promise<Response> {
  return answerErrors(async () => {
    const user = await requireUser()
    await changeManyConversations(user.id, await readJson(request, bulkRequestSchema))
    return new Response(null, { status: 204 })
  })
}
