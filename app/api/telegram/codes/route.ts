import { requireUser } from '#lib/auth/session.ts'
import { answerErrors } from '#lib/server/answer-errors.ts'
import { requireOwnOrigin } from '#lib/server/require-own-origin.ts'
import { offerLink } from '#lib/telegram/linking.ts'

/** Makes a code that links a chat of Telegram to the person. */
export function POST(request: Request): Promise<Response> {
  return answerErrors(async () => {
    const user = await requireUser()
    requireOwnOrigin(request)
    const offer = await offerLink(user.id)
    return Response.json(offer, { status: 201, headers: { 'cache-control': 'no-store' } })
  })
}
