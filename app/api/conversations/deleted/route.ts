import { requireUser } from '#lib/auth/session.ts'
import { trashQuerySchema } from '#lib/chat/library-request.ts'
import { listDeletedConversations } from '#lib/db/list-conversations.ts'
import { answerErrors } from '#lib/server/answer-errors.ts'
import { apiQuery } from '#lib/server/api-query.ts'
import { emptyTrash } from '#lib/server/change-conversation.ts'
import { requireOwnOrigin } from '#lib/server/require-own-origin.ts'

/** A page of the person's trash, the last deleted first; `?before=` takes the last page's `nextCursor`. */
export function GET(request: Request): Promise<Response> {
  return answerErrors(async () => {
    const user = await requireUser()
    return Response.json(await listDeletedConversations(user.id, apiQuery(request, trashQuerySchema)))
  })
}

/** What is in the person's trash is gone for good. */
export function DELETE(request: Request): Promise<Response> {
  return answerErrors(async () => {
    const user = await requireUser()
    requireOwnOrigin(request)
    await emptyTrash(user.id)
    return new Response(null, { status: 204 })
  })
}
