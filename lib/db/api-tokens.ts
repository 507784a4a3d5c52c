import { v7 as uuidv7 } from 'uuid'
import type { ApiTokenItem } from '#lib/chat/api-token.ts'
import { db } from './client.ts'
import type { ApiScope } from './generated/enums.ts'
import type { User } from './users.ts'

export type { ApiScope } from './generated/enums.ts'

export interface NewApiToken {
  userId: string
  name: string
  scope: ApiScope
  /** From `makeSecret`. */
  hash: string
  expiresAt: Date | null
}

const viewFields = {
  ...{ id: true, name: true, scope: true, createdAt: true, expiresAt: true, lastUsedAt: true },
} as const

export async function insertApiToken(token: NewApiToken): Promise<ApiTokenItem> {
  return item(await db().apiToken.create({ data: { ...token, id: uuidv7() }, select: viewFields }))
}

/** A person's tokens that are not revoked, newest first; those that ran out among them, so that they can be told apart from revoked ones. */
export async function listApiTokens(userId: string): Promise<ApiTokenItem[]> {
  const rows = await db().apiToken.findMany({
    where: { userId, revokedAt: null },
    select: viewFields,
    orderBy: { id: 'desc' },
  })
  return rows.map(item)
}

type TokenRow = Record<'createdAt', Date> &
  Record<'expiresAt' | 'lastUsedAt', Date | null> &
  Pick<ApiTokenItem, 'id' | 'name' | 'scope'>

function item({ createdAt, expiresAt, lastUsedAt, ...row }: TokenRow): ApiTokenItem {
  return {
    ...row,
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt?.toISOString() ?? null,
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
  }
}

/** Revokes a person's token for ever. NULL when it is none of theirs, or revoked already. */
export async function revokeApiToken(
  userId: string,
  id: string,
): Promise<{ id: string; name: string } | null> {
  const [revoked] = await db().apiToken.updateManyAndReturn({
    where: { id, userId, revokedAt: null },
    data: { revokedAt: new Date() },
    select: { id: true, name: true },
  })
  return revoked ?? null
}

export interface TokenOwner {
  tokenId: string
  scope: ApiScope
  user: Pick<User, 'id' | 'email' | 'name' | 'role'>
}

/**
 * Whose token it is, noting that it was used. NULL for one that is not known, was revoked or ran out, or whose owner was
 * disabled.
 */
export async function noteTokenUse(hash: string): Promise<TokenOwner | null> {
  const [row] = await db().$queryRaw<
    { tokenId: string; scope: ApiScope; id: string; email: string; name: string; role: User['role'] }[]
  >`
    WITH token AS MATERIALIZED (
      SELECT t.id, t.scope, t."userId", t."lastUsedAt" FROM api_token t
      WHERE t.hash = ${hash} AND t."revokedAt" IS NULL AND (t."expiresAt" IS NULL OR t."expiresAt" > clock_timestamp())
    ), noted AS (
      UPDATE api_token SET "lastUsedAt" = date_trunc('minute', clock_timestamp()) FROM token
      WHERE api_token.id = token.id
        AND (token."lastUsedAt" IS NULL OR token."lastUsedAt" < date_trunc('minute', clock_timestamp()))
    )
    SELECT token.id AS "tokenId", token.scope::text, u.id, u.email, u.name, u.role::text
    FROM token JOIN "user" u ON u.id = token."userId" WHERE u."disabledAt" IS NULL`
  if (!row) return null
  const { tokenId, scope, ...user } = row
  return { tokenId, scope, user }
}

/** Which of these tokens still hold: not revoked, not run out, and their owners not disabled. */
export async function tokensThatHold(ids: readonly string[]): Promise<Set<string>> {
  const rows = await db().apiToken.findMany({
    where: {
      id: { in: [...ids] },
      revokedAt: null,
      OR: [{ expiresAt: null }, { expiresAt: { gt: new Date() } }],
      user: { disabledAt: null },
    },
    select: { id: true },
  })
  return new Set(rows.map(({ id }) => id))
}
