import { requestAddress } from '#lib/auth/request-address.ts'
import { requireAdministrator } from '#lib/auth/session.ts'
import { signOutPerson } from '#lib/server/administer-person.ts'
import { answerErrors } from '#lib/server/answer-errors.ts'
import { userIdFrom } from '#lib/server/path-ids.ts'
import { requireOwnOrigin } from '#lib/server/require-own-origin.ts'

/** Ends every session of a person; for administrators. */
export function DELETE(
  request: Request,
  context: RouteContext<'/api/users/[userId]/sessions'>,
): Promise<Response> {
  return answerErrors(async () => {
    const actor = await requireAdministrator()
    requireOwnOrigin(request)
    const administrator = { actor, address: requestAddress(request.headers) }
    await signOutPerson(userIdFrom(await context.params), administrator)
    return new Response(null, { status: 204 })
  })
}
