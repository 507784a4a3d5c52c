import { requireUser } from '#lib/auth/session.ts'
import { listConversations } from '#lib/db/conversations.ts'
import { answerErrors } from '#lib/server/answer-errors.ts'

/** A page of the person's conversations, newest activity first; `?before=` takes the last page's `nextCursor`. */
export function GET(request: Request): Promise<Response> {
  return answerErrors(async () => {
    const user = await requireUser()
    const before = new URL(request.url).searchParams.get('before')
    return Response.json(await listConversations(user.id, before === null ? {} : { before }))
  })
}
