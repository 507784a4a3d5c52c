import { requestAddress } from '#lib/auth/request-address.ts'
import { requireBrowser } from '#lib/auth/require-caller.ts'
import { revokeApiToken } from '#lib/db/api-tokens.ts'
import { answerProblems } from '#lib/server/answer-problems.ts'
import { noContent } from '#lib/server/api-json.ts'
import { recordAudit } from '#lib/server/audit.ts'
import { tokenIdFrom, tokenNotFound } from '#lib/server/path-ids.ts'
import { requireOwnOrigin } from '#lib/server/require-own-origin.ts'

/** Revokes a token for ever; what it reads ends within 5 s. */
export function DELETE(
  request: Request,
  context: RouteContext<'/api/v1/tokens/[tokenId]'>,
): Promise<Response> {
  return answerProblems(async () => {
    const user = await requireBrowser(request)
    requireOwnOrigin(request)
    const revoked = await revokeApiToken(user.id, tokenIdFrom(await context.params))
    if (!revoked) throw tokenNotFound()
    await recordAudit({
      ...{ action: 'token.revoked', actor: user, subject: revoked },
      address: requestAddress(request.headers),
    })
    return noContent()
  })
}
