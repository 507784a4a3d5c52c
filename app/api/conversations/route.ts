import { requireUser } from '#lib/auth/session.ts'
import { listQuerySchema } from '#lib/chat/library-request.ts'
import { listConversations } from '#lib/db/list-conversations.ts'
import { answerErrors } from '#lib/server/answer-errors.ts'
import { apiQuery } from '#lib/server/api-query.ts'

/** A page of the person's conversations, newest activity first, as the query narrows it down; `?before=` takes the last page's `nextCursor`. */
export function GET(request: Request): Promise<Response> {
  return answerErrors(async () => {
    const user = await requireUser()
    return Response.json(await listConversations(user.id, apiQuery(request, listQuerySchema)))
  })
}
