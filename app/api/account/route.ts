import { requireUser } from '#lib/auth/session.ts'
import { accountChangeSchema } from '#lib/chat/account-change.ts'
import { inTime } from '#lib/db/in-time.ts'
import { answerErrors } from '#lib/server/answer-errors.ts'
import { changeAccount } from '#lib/server/change-account.ts'
import { readJson } from '#lib/server/read-json.ts'

/** Changes the person's name, instructions or preferences; the account as it is then. */
export function PATCH(request: Request): Promise<Response> {
  return answerErrors(async () => {
    const user = await requireUser()
    const change = await readJson(request, accountChangeSchema)
    return Response.json({ account: await inTime(changeAccount(user.id, change)) })
  })
}
