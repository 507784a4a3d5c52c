import { requireUser } from '#lib/auth/session.ts'
import { exportRequestSchema } from '#lib/chat/export-request.ts'
import { answerErrors } from '#lib/server/answer-errors.ts'
import { exportConversations } from '#lib/server/export-conversations.ts'
import { fileResponse } from '#lib/server/file-response.ts'
import { readJson } from '#lib/server/read-json.ts'
import { requireOwnOrigin } from '#lib/server/require-own-origin.ts'

/** All conversations as a file: `?format=markdown` (the default), a zip archive, or `json`. */
export function GET(request: Request): Promise<Response> {
  return answerErrors(async () => {
    const user = await requireUser()
    // It changes nothing, but another site could have it made again and again.
    requireOwnOrigin(request)
    const format = new URL(request.url).searchParams.get('format') ?? 'markdown'
    return fileResponse(await exportConversations(user.id, null, format))
  })
}

/** Some of them: `{ ids, format }`. */
export function POST(request: Request): Promise<Response> {
  return answerErrors(async () => {
    const user = await requireUser()
    const { ids, format } = await readJson(request, exportRequestSchema)
    return fileResponse(await exportConversations(user.id, ids, format))
  })
}
