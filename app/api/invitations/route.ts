import { requestAddress } from '#lib/auth/request-address.ts'
import { makeInvitation } from '#lib/auth/secret-links.ts'
import { requireAdministrator } from '#lib/auth/session.ts'
import { newInvitationSchema, roleLabels } from '#lib/chat/person.ts'
import { answerErrors } from '#lib/server/answer-errors.ts'
import { recordAudit } from '#lib/server/audit.ts'
import { readJson } from '#lib/server/read-json.ts'

/** Makes a link by which one person can join, whoever may sign up; for administrators. */
export function POST(request: Request): Promise<Response> {
  return answerErrors(async () => {
    const actor = await requireAdministrator()
    const wanted = await readJson(request, newInvitationSchema)
    const { id, role, url, expiresAt } = await makeInvitation(wanted, request.headers)
    const address = requestAddress(request.headers)
    await recordAudit({ action: 'invitation.made', actor, subject: { id, name: roleLabels[role] }, address })
    return Response.json({ id, link: { url, expiresAt } }, { status: 201 })
  })
}
