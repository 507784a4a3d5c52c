import { signOut } from '#lib/auth/auth.ts'
import { confirmDeletion } from '#lib/auth/confirm-deletion.ts'
import { parseEmail } from '#lib/auth/parse-email.ts'
import { requestAddress } from '#lib/auth/request-address.ts'
import { requireUser } from '#lib/auth/session.ts'
import { accountChangeSchema, accountDeletionSchema } from '#lib/chat/account-change.ts'
import { inTime } from '#lib/db/in-time.ts'
import { answerErrors } from '#lib/server/answer-errors.ts'
import { recordAudit } from '#lib/server/audit.ts'
import { changeAccount } from '#lib/server/change-account.ts'
import { deleteAccount } from '#lib/server/delete-account.ts'
import { readJson } from '#lib/server/read-json.ts'

/** Changes the person's name, instructions or preferences; the account as it is then. */
export function PATCH(request: Request): Promise<Response> {
  return answerErrors(async () => {
    const user = await requireUser()
    const change = await readJson(request, accountChangeSchema)
    return Response.json({ account: await inTime(changeAccount(user.id, change)) })
  })
}

/** Deletes the account with everything in it, and ends the session. */
export function DELETE(request: Request): Promise<Response> {
  return answerErrors(async () => {
    const user = await requireUser()
    const deletion = await readJson(request, accountDeletionSchema)
    const address = requestAddress(request.headers)
    await confirmDeletion(user.id, deletion, address)
    const { successor } = deletion
    await deleteAccount(user.id, successor === undefined ? null : (parseEmail(successor) ?? ''))
    await recordAudit({ action: 'account.deleted', actor: user, address })
    await signOut({ redirect: false })
    return new Response(null, { status: 204 })
  })
}
