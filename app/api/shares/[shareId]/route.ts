import { requestAddress } from '#lib/auth/request-address.ts'
import { requireUser } from '#lib/auth/session.ts'
import { deleteShare } from '#lib/db/shares.ts'
import { answerErrors } from '#lib/server/answer-errors.ts'
import { recordAudit } from '#lib/server/audit.ts'
import { shareIdFrom, shareNotFound } from '#lib/server/path-ids.ts'
import { requireOwnOrigin } from '#lib/server/require-own-origin.ts'
import { updateShare } from '#lib/server/share-conversation.ts'

type Context = RouteContext<'/api/shares/[shareId]'>

/** Has a shared copy show the branch as it is now, under the same address. */
export function PUT(request: Request, context: Context): Promise<Response> {
  return answerErrors(async () => {
    const user = await requireUser()
    requireOwnOrigin(request)
    const share = await updateShare(user.id, shareIdFrom(await context.params))
    await recordAudit({
      ...{ action: 'share.updated', actor: user, subject: { id: share.id, name: share.id } },
      address: requestAddress(request.headers),
    })
    return Response.json({ share })
  })
}

/** Revokes a shared copy for ever: its address leads nowhere from now on. */
export function DELETE(request: Request, context: Context): Promise<Response> {
  return answerErrors(async () => {
    const user = await requireUser()
    requireOwnOrigin(request)
    const id = shareIdFrom(await context.params)
    if (!(await deleteShare(user.id, id))) throw shareNotFound()
    await recordAudit({
      ...{ action: 'share.revoked', actor: user, subject: { id, name: id } },
      address: requestAddress(request.headers),
    })
    return new Response(null, { status: 204 })
  })
}
