import { requireUser } from '#lib/auth/session.ts'
import { newImportSchema } from '#lib/chat/import-request.ts'
import { answerErrors } from '#lib/server/answer-errors.ts'
import { beginImport } from '#lib/server/imports.ts'
import { readJson } from '#lib/server/read-json.ts'

/** Announces a file of conversations, `{ fileName, size }`; its pieces follow. */
export function POST(request: Request): Promise<Response> {
  return answerErrors(async () => {
    const user = await requireUser()
    const begun = await beginImport(user.id, await readJson(request, newImportSchema))
    return Response.json({ import: begun }, { status: 201, headers: { 'cache-control': 'no-store' } })
  })
}
