import { requireUser } from '#lib/auth/session.ts'
import { answerErrors } from '#lib/server/answer-errors.ts'
import { exportConversation } from '#lib/server/export-conversations.ts'
import { fileResponse } from '#lib/server/file-response.ts'
import { conversationIdFrom } from '#lib/server/path-ids.ts'

/** A conversation as a file: `?format=markdown` (the default), the branch that is shown, or `json`, all of it. */
export function GET(
  request: Request,
  context: RouteContext<'/api/conversations/[conversationId]/export'>,
): Promise<Response> {
  return answerErrors(async () => {
    const user = await requireUser()
    const format = new URL(request.url).searchParams.get('format') ?? 'markdown'
    return fileResponse(await exportConversation(user.id, conversationIdFrom(await context.params), format))
  })
}
