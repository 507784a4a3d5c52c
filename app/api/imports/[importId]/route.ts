import { requireUser } from '#lib/auth/session.ts'
import { importQuerySchema } from '#lib/chat/import-request.ts'
import { answerErrors } from '#lib/server/answer-errors.ts'
import { noContent } from '#lib/server/api-json.ts'
import { apiQuery } from '#lib/server/api-query.ts'
import { importReport, removeImport } from '#lib/server/imports.ts'
import { importIdFrom } from '#lib/server/path-ids.ts'
import { requireOwnOrigin } from '#lib/server/require-own-origin.ts'

/** How an import goes or went, and what became of each conversation: `?after=POSITION`, `?only=skipped`. */
export function GET(request: Request, context: RouteContext<'/api/imports/[importId]'>): Promise<Response> {
  return answerErrors(async () => {
    const user = await requireUser()
    const importId = importIdFrom(await context.params)
    const { after, only } = apiQuery(request, importQuerySchema)
    const report = await importReport(user.id, importId, { after, onlySkipped: only === 'skipped' })
    return Response.json(report, { headers: { 'cache-control': 'no-store' } })
  })
}

/** Stops an import; what came stays. */
export function DELETE(
  request: Request,
  context: RouteContext<'/api/imports/[importId]'>,
): Promise<Response> {
  return answerErrors(async () => {
    const user = await requireUser()
    requireOwnOrigin(request)
    await removeImport(user.id, importIdFrom(await context.params))
    return noContent()
  })
}
