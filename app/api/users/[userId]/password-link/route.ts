import { requestAddress } from '#lib/auth/request-address.ts'
import { makePasswordLink } from '#lib/auth/secret-links.ts'
import { requireAdministrator } from '#lib/auth/session.ts'
import { answerErrors } from '#lib/server/answer-errors.ts'
import { recordAudit } from '#lib/server/audit.ts'
import { userIdFrom } from '#lib/server/path-ids.ts'
import { requireOwnOrigin } from '#lib/server/require-own-origin.ts'
import { requirePerson } from '#lib/server/require-person.ts'

/** Makes a link by which a person sets a new password; for administrators. */
export function POST(
  request: Request,
  context: RouteContext<'/api/users/[userId]/password-link'>,
): Promise<Response> {
  return answerErrors(async () => {
    const actor = await requireAdministrator()
    requireOwnOrigin(request)
    const { id, email } = await requirePerson(userIdFrom(await context.params))
    const link = await makePasswordLink(id, request.headers)
    const address = requestAddress(request.headers)
    await recordAudit({ action: 'password.reset_made', actor, subject: { id, name: email }, address })
    return Response.json({ link }, { status: 201 })
  })
}
