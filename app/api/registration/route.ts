import { requestAddress } from '#lib/auth/request-address.ts'
import { requireAdministrator } from '#lib/auth/session.ts'
import { registrationChangeSchema } from '#lib/chat/registration.ts'
import { inTime } from '#lib/db/in-time.ts'
import { setRegistration } from '#lib/db/settings.ts'
import { answerErrors } from '#lib/server/answer-errors.ts'
import { recordAudit } from '#lib/server/audit.ts'
import { readJson } from '#lib/server/read-json.ts'

/** Sets who may sign up, over what the configuration says; for administrators. */
export function PUT(request: Request): Promise<Response> {
  return answerErrors(async () => {
    const actor = await requireAdministrator()
    const { registration } = await readJson(request, registrationChangeSchema)
    await inTime(setRegistration(registration))
    const subject = { name: registration ?? 'as configured' }
    const address = requestAddress(request.headers)
    await recordAudit({ action: 'registration.changed', actor, subject, address })
    return Response.json({ registration })
  })
}
