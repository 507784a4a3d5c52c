import type { NewToken } from '#lib/api/tokens.ts'
import type { ApiTokenItem } from '#lib/chat/api-token.ts'
import { insertApiToken } from '#lib/db/api-tokens.ts'
import { AppError } from '#lib/errors.ts'
import { TOKEN_PREFIX } from './require-caller.ts'
import { makeSecret } from './secret-token.ts'

/**
 * Makes a token for a person, which is told this once.
 *
 * @throws AppError invalid_request for one that would hold no longer
 */
export async function makeApiToken(
  userId: string,
  { name, scope, expiresAt }: NewToken,
): Promise<ApiTokenItem & { token: string }> {
  const end = expiresAt === undefined ? null : new Date(expiresAt)
  if (end && end.getTime() <= Date.now()) {
    throw new AppError('invalid_request', 'This token would have run out already. Choose a later day.', {
      field: 'expiresAt',
    })
  }
  const { secret, hash } = makeSecret(TOKEN_PREFIX)
  return { ...(await insertApiToken({ userId, name, scope, hash, expiresAt: end })), token: secret }
}
