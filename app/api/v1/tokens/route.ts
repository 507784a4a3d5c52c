import { newTokenSchema } from '#lib/api/tokens.ts'
import { makeApiToken } from '#lib/auth/make-api-token.ts'
import { requestAddress } from '#lib/auth/request-address.ts'
import { requireBrowser } from '#lib/auth/require-caller.ts'
import { listApiTokens } from '#lib/db/api-tokens.ts'
import { answerProblems } from '#lib/server/answer-problems.ts'
import { apiJson } from '#lib/server/api-json.ts'
import { recordAudit } from '#lib/server/audit.ts'
import { readJson } from '#lib/server/read-json.ts'

/** The person's tokens; only their browser may see and make them: a token that leaked makes no others. */
export function GET(request: Request): Promise<Response> {
  return answerProblems(async () => {
    const user = await requireBrowser(request)
    return apiJson(request, { tokens: await listApiTokens(user.id) })
  })
}

/** Makes one, and tells it this once. */
export function POST(request: Request): Promise<Response> {
  return answerProblems(async () => {
    const user = await requireBrowser(request)
    const made = await makeApiToken(user.id, await readJson(request, newTokenSchema))
    await recordAudit({
      ...{ action: 'token.made', actor: user, subject: { id: made.id, name: made.name } },
      address: requestAddress(request.headers),
    })
    return apiJson(request, made, { status: 201, headers: { location: `/api/v1/tokens/${made.id}` } })
  })
}
