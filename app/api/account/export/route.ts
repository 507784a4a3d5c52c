import { requireUser } from '#lib/auth/session.ts'
import { answerErrors } from '#lib/server/answer-errors.ts'
import { exportAccount } from '#lib/server/export-account.ts'
import { requireOwnOrigin } from '#lib/server/require-own-origin.ts'
import { textStream } from '#lib/server/text-stream.ts'

/** Everything that is kept of the person, as one JSON file. */
export function GET(request: Request): Promise<Response> {
  return answerErrors(async () => {
    const user = await requireUser()
    // It changes nothing, but another site could have it made again and again.
    requireOwnOrigin(request)
    const today = new Date().toISOString().slice(0, 10)
    return new Response(textStream(exportAccount(user.id)), {
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'content-disposition': `attachment; filename="stoa-${today}.json"`,
        'cache-control': 'no-store',
      },
    })
  })
}
