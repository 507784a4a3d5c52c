import { requestAddress } from '#lib/auth/request-address.ts'
import { makeSecret } from '#lib/auth/secret-token.ts'
import { requireUser } from '#lib/auth/session.ts'
import { newShareSchema } from '#lib/chat/share-request.ts'
import { findConversation } from '#lib/db/conversations.ts'
import { listShares } from '#lib/db/shares.ts'
import { answerErrors } from '#lib/server/answer-errors.ts'
import { recordAudit } from '#lib/server/audit.ts'
import { conversationIdFrom, conversationNotFound } from '#lib/server/path-ids.ts'
import { readJson } from '#lib/server/read-json.ts'
import { shareConversation } from '#lib/server/share-conversation.ts'

type Context = RouteContext<'/api/conversations/[conversationId]/shares'>

/** The copies of a conversation that are shared. */
export function GET(_request: Request, context: Context): Promise<Response> {
  return answerErrors(async () => {
    const user = await requireUser()
    const conversationId = conversationIdFrom(await context.params)
    if (!(await findConversation(user.id, conversationId))) throw conversationNotFound()
    return Response.json({ shares: await listShares(user.id, conversationId) })
  })
}

/** Shares the branch that is shown, as it is now. */
export function POST(request: Request, context: Context): Promise<Response> {
  return answerErrors(async () => {
    const user = await requireUser()
    const wanted = await readJson(request, newShareSchema)
    const conversationId = conversationIdFrom(await context.params)
    const share = await shareConversation(user.id, conversationId, { ...wanted, secret: makeSecret().secret })
    await recordAudit({
      ...{ action: 'share.created', actor: user, subject: { id: share.id, name: share.id } },
      address: requestAddress(request.headers),
    })
    return Response.json({ share }, { status: 201 })
  })
}
