import { bearerToken } from '#lib/chat/bearer-token.ts'
import { type ApiScope, noteTokenUse } from '#lib/db/api-tokens.ts'
import { inTime } from '#lib/db/in-time.ts'
import { AppError } from '#lib/errors.ts'
import { hashSecret } from './secret-token.ts'
import { currentUser, requireUser, type SessionUser } from './session.ts'

/** Every token begins with it, so that people and scanners for leaked secrets know one when they see it. */
export const TOKEN_PREFIX = 'stoa_'

/** Who calls the API, and by which token; NULL: by a browser's session. */
export interface Caller {
  user: SessionUser
  tokenId: string | null
}

/**
 * Who calls: by `Authorization: Bearer stoa_…`, or by a browser's session, whose requests that change something must
 * come from this origin (`readJson` and `requireOwnOrigin` see to it).
 *
 * @param scope what the call needs; `write` holds `read`
 * @throws AppError `signed_out`, `invalid_token`, `insufficient_scope`
 */
export async function requireCaller(request: Request, scope: ApiScope): Promise<Caller> {
  const token = bearerToken(request.headers)
  if (token === null) {
    const user = await currentUser()
    if (user) return { user, tokenId: null }
    throw new AppError(
      'signed_out',
      'You are signed out. Sign in, or send a token from the settings: "Authorization: Bearer stoa_…".',
    )
  }
  const owner = token.startsWith(TOKEN_PREFIX) ? await inTime(noteTokenUse(hashSecret(token))) : null
  if (!owner) {
    throw new AppError(
      'invalid_token',
      'This token is not valid: it may have been revoked, or have run out. Make another one in the settings.',
    )
  }
  if (scope === 'write' && owner.scope !== 'write') {
    throw new AppError(
      'insufficient_scope',
      'This token may only read. Make one with the scope "write" in the settings.',
    )
  }
  return { user: owner.user, tokenId: owner.tokenId }
}

/**
 * Who calls by a browser's session, for what no token may do.
 *
 * @throws AppError `signed_out`
 */
export function requireBrowser(request: Request): Promise<SessionUser> {
  if (bearerToken(request.headers) === null) return requireUser()
  throw new AppError('signed_out', 'No token may do this. Sign in with a browser, and use the settings.')
}
