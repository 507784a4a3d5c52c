import { requestAddress } from '#lib/auth/request-address.ts'
import { requireAdministrator } from '#lib/auth/session.ts'
import { personChangeSchema } from '#lib/chat/person.ts'
import { administerPerson } from '#lib/server/administer-person.ts'
import { answerErrors } from '#lib/server/answer-errors.ts'
import { userIdFrom } from '#lib/server/path-ids.ts'
import { readJson } from '#lib/server/read-json.ts'

/** Changes somebody's role, or whether their account is disabled; for administrators. The person as they are then. */
export function PATCH(request: Request, context: RouteContext<'/api/users/[userId]'>): Promise<Response> {
  return answerErrors(async () => {
    const actor = await requireAdministrator()
    const change = await readJson(request, personChangeSchema)
    const administrator = { actor, address: requestAddress(request.headers) }
    const person = await administerPerson(userIdFrom(await context.params), change, administrator)
    return Response.json({ person })
  })
}
