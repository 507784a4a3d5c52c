import { call, readBody } from '#components/chat/chat-api.ts'
import type { ApiTokenItem } from '#lib/chat/api-token.ts'

const DAY_MS = 86_400_000

interface WantedToken {
  name: string
  scope: ApiTokenItem['scope']
  /** NULL: until it is revoked. */
  days: number | null
}

/** Makes a token; what it is comes with it this once. Throws a RequestError. */
export async function makeToken({
  name,
  scope,
  days,
}: WantedToken): Promise<ApiTokenItem & { token: string }> {
  const expiresAt = days === null ? undefined : new Date(Date.now() + days * DAY_MS).toISOString()
  return readBody(await call('POST', '/api/v1/tokens', { body: { name, scope, expiresAt } }))
}

/** Throws a RequestError when the token still holds. */
export async function revokeToken(id: string): Promise<void> {
  await call('DELETE', `/api/v1/tokens/${id}`)
}
