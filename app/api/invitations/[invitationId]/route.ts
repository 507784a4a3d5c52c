import { requestAddress } from '#lib/auth/request-address.ts'
import { requireAdministrator } from '#lib/auth/session.ts'
import { roleLabels } from '#lib/chat/person.ts'
import { inTime } from '#lib/db/in-time.ts'
import { withdrawInvitation } from '#lib/db/invitations.ts'
import { answerErrors } from '#lib/server/answer-errors.ts'
import { recordAudit } from '#lib/server/audit.ts'
import { invitationIdFrom, invitationNotFound } from '#lib/server/path-ids.ts'
import { requireOwnOrigin } from '#lib/server/require-own-origin.ts'

/** Withdraws an invitation that nobody has used; for administrators. */
export function DELETE(
  request: Request,
  context: RouteContext<'/api/invitations/[invitationId]'>,
): Promise<Response> {
  return answerErrors(async () => {
    const actor = await requireAdministrator()
    requireOwnOrigin(request)
    const id = invitationIdFrom(await context.params)
    const role = await inTime(withdrawInvitation(id))
    if (!role) throw invitationNotFound()
    const subject = { id, name: roleLabels[role] }
    const address = requestAddress(request.headers)
    await recordAudit({ action: 'invitation.withdrawn', actor, subject, address })
    return new Response(null, { status: 204 })
  })
}
