import { requestAddress } from '#lib/auth/request-address.ts'
import { requireUser } from '#lib/auth/session.ts'
import { answerErrors } from '#lib/server/answer-errors.ts'
import { requireOwnOrigin } from '#lib/server/require-own-origin.ts'
import { unlinkChat } from '#lib/telegram/linking.ts'

/** Unlinks one of the person's chats. */
export function DELETE(
  request: Request,
  context: RouteContext<'/api/telegram/chats/[chatId]'>,
): Promise<Response> {
  return answerErrors(async () => {
    const user = await requireUser()
    requireOwnOrigin(request)
    const { chatId } = await context.params
    await unlinkChat(user, chatId, requestAddress(request.headers))
    return new Response(null, { status: 204 })
  })
}
