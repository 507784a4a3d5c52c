import { beforeEach, expect, it } from 'vitest'
import { insertApiToken, revokeApiToken, tokensThatHold } from '#lib/db/api-tokens.ts'
import { db } from '#lib/db/client.ts'
import { createPerson } from '#scripts/test/create-person.ts'
import { requireCaller, TOKEN_PREFIX } from './require-caller.ts'
import { makeSecret } from './secret-token.ts'

let userId: string
beforeEach(async () => {
  userId = await createPerson()
})

async function tokenOf(scope: 'read' | 'write', expiresAt: Date | null = null) {
  const { secret, hash } = makeSecret(TOKEN_PREFIX)
  const { id } = await insertApiToken({ userId, name: 'A script', scope, hash, expiresAt })
  return {
    id,
    request: new Request('http://stoa.example', { headers: { authorization: `Bearer ${secret}` } }),
  }
}

const refused = (code: string) => expect.objectContaining({ code })

it('knows the owner of a token, and notes when it was used', async () => {
  const { id, request } = await tokenOf('write')
  expect(await requireCaller(request, 'write')).toMatchObject({
    user: { id: userId, name: 'Ada' },
    tokenId: id,
  })
  await requireCaller(request, 'read')
  const { lastUsedAt } = await db().apiToken.findUniqueOrThrow({ where: { id } })
  expect(lastUsedAt?.getSeconds()).toBe(0)
  expect(Date.now() - Number(lastUsedAt)).toBeLessThan(120_000)
})

it('lets one for reading only read', async () => {
  const { request } = await tokenOf('read')
  await requireCaller(request, 'read')
  await expect(requireCaller(request, 'write')).rejects.toEqual(refused('insufficient_scope'))
})

it('refuses one that is unknown, revoked, has run out, or whose owner is disabled', async () => {
  const unknown = new Request('http://stoa.example', { headers: { authorization: 'Bearer stoa_x' } })
  await expect(requireCaller(unknown, 'read')).rejects.toEqual(refused('invalid_token'))
  const past = await tokenOf('read', new Date(Date.now() - 1000))
  await expect(requireCaller(past.request, 'read')).rejects.toEqual(refused('invalid_token'))
  const revoked = await tokenOf('read')
  expect(await revokeApiToken(await createPerson(), revoked.id)).toBeNull()
  expect(await revokeApiToken(userId, revoked.id)).toEqual({ id: revoked.id, name: 'A script' })
  await expect(requireCaller(revoked.request, 'read')).rejects.toEqual(refused('invalid_token'))
  const held = await tokenOf('read')
  expect(await tokensThatHold([past.id, revoked.id, held.id])).toEqual(new Set([held.id]))
  await db().user.update({ where: { id: userId }, data: { disabledAt: new Date() } })
  await expect(requireCaller(held.request, 'read')).rejects.toEqual(refused('invalid_token'))
  expect(await tokensThatHold([held.id])).toEqual(new Set())
})
