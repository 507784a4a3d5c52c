import type { NextAuthConfig } from 'next-auth'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { closeDatabase, db } from '#lib/db/client.ts'
import { createUser, endSessions, findUserByAccount, type User } from '#lib/db/users.ts'
import { env } from '#lib/env.ts'
import { emptyDatabase } from '../../scripts/test/empty-database.ts'
import { authConfiguration } from './configuration.ts'
import { throwSessionFaults } from './session-faults.ts'

vi.mock('#lib/env.ts', { spy: true })

type Callbacks = Required<NonNullable<NextAuthConfig['callbacks']>>

let ada: User

beforeEach(async () => {
  vi.mocked(env).mockReset()
  await emptyDatabase()
  ada = await createUser({ email: 'ada@example.com', name: 'Ada', passwordHash: 'hash' }, 'open')
})

function callbacks(signedInUserId: string | null = null): Callbacks {
  const configuration = authConfiguration({ secure: false, signedInUserId: async () => signedInUserId })
  return configuration.callbacks as Callbacks
}

type JwtInput = Parameters<Callbacks['jwt']>[0]

/** The token that signing in with a password issues. */
function issueToken(userId: string) {
  const account = { type: 'credentials', provider: 'credentials', providerAccountId: userId }
  return callbacks().jwt({ token: {}, user: { id: userId }, account } as JwtInput)
}

/*
 * next-auth hands its callbacks unions of every way to sign in, with fields that ours never reads: what is passed here is as
 * much of them as it passes at run time.
 */

/** What a later request makes of a token. */
async function readToken(token: unknown) {
  return callbacks().jwt({ token } as JwtInput)
}

describe('a session', () => {
  it('carries its version, and shows the person as they are now', async () => {
    const token = await issueToken(ada.id)
    expect(token).toEqual({
      sub: ada.id,
      email: 'ada@example.com',
      name: 'Ada',
      role: 'administrator',
      sessionVersion: 0,
    })
    await db().user.update({ where: { id: ada.id }, data: { name: 'Ada L.', role: 'member' } })
    const later = await readToken({ ...token, iat: 1, exp: 2, jti: 'x' })
    const session = await callbacks().session({
      session: { user: {}, expires: '2030-01-01' },
      token: later,
    } as unknown as Parameters<Callbacks['session']>[0])
    expect(session).toEqual({
      expires: '2030-01-01',
      user: { id: ada.id, email: 'ada@example.com', name: 'Ada L.', role: 'member' },
    })
  })

  it('ends when its version is raised, the account disabled or removed', async () => {
    const token = await issueToken(ada.id)
    await endSessions(ada.id)
    expect(await readToken(token)).toBeNull()

    const newer = await issueToken(ada.id)
    expect(await readToken(newer)).toMatchObject({ sub: ada.id, sessionVersion: 1 })
    await db().user.update({ where: { id: ada.id }, data: { disabledAt: new Date() } })
    expect(await readToken(newer)).toBeNull()

    await db().user.update({ where: { id: ada.id }, data: { disabledAt: null } })
    expect(await readToken(newer)).not.toBeNull()
    await db().user.delete({ where: { id: ada.id } })
    expect(await readToken(newer)).toBeNull()
  })

  it('is none without the claims of ours', async () => {
    expect(await readToken({ sub: ada.id })).toBeNull()
    expect(await readToken({ sub: 'x', sessionVersion: 0 })).toBeNull()
    expect(await readToken({})).toBeNull()
  })

  it('is not taken for ended when the database cannot be asked', async () => {
    const token = await issueToken(ada.id)
    vi.spyOn(db().user, 'findUnique').mockRejectedValue(new Error('the database is away'))
    // What next-auth does with any error.
    const swallow = () => readToken(token).catch(() => null)
    await expect(throwSessionFaults(swallow)).rejects.toThrow('the database is away')
    vi.restoreAllMocks()
    await closeDatabase()
    expect(await throwSessionFaults(swallow)).toMatchObject({ sub: ada.id })
  })
})

describe("another provider's account", () => {
  const account = { type: 'oauth', provider: 'github', providerAccountId: '42' }

  function signIn(user: { email?: string; name?: string }, signedInUserId: string | null = null) {
    const input = { account, user, profile: {} } as unknown as Parameters<Callbacks['signIn']>[0]
    return callbacks(signedInUserId).signIn(input)
  }

  it('is refused while registration is for the first person only', async () => {
    expect(await signIn({ email: 'eve@example.com' })).toBe('/login?error=registration_closed')
  })

  it('makes the first person the administrator, and leads to them from then on', async () => {
    await db().user.deleteMany()
    expect(await signIn({ email: 'Eve@Example.com', name: 'Eve' })).toBe(true)
    const token = await callbacks().jwt({ token: {}, user: {}, account } as unknown as JwtInput)
    expect(token).toMatchObject({ email: 'eve@example.com', name: 'Eve', role: 'administrator' })
    expect(await signIn({ email: 'moved@example.com' })).toBe(true)
    expect(await db().user.count()).toBe(1)
  })

  it('does not get into an account by its email alone, but is linked by whoever is signed in', async () => {
    vi.mocked(env).mockReturnValue({ ...env(), REGISTRATION: 'open' })
    expect(await signIn({ email: 'ada@example.com' })).toBe('/login?error=email_taken')
    expect(await findUserByAccount(account)).toBeNull()
    expect(await signIn({ email: 'ada@github.example' }, ada.id)).toBe(true)
    expect(await findUserByAccount(account)).toMatchObject({ id: ada.id })
    expect(await signIn({ email: 'ada@github.example' })).toBe(true)
  })

  it('is refused when it is linked to somebody else, its person is disabled, or it tells no email', async () => {
    expect(await signIn({ name: 'Eve' })).toBe('/login?error=email_missing')
    await signIn({}, ada.id)
    const eve = await createUser({ email: 'eve@example.com', name: 'Eve', passwordHash: null }, 'open')
    expect(await signIn({}, eve.id)).toBe('/settings?error=linked_elsewhere')
    await db().user.update({ where: { id: ada.id }, data: { disabledAt: new Date() } })
    expect(await signIn({})).toBe('/login?error=account_disabled')
  })
})

describe('where a sign-in leads', () => {
  it('stays on this origin', async () => {
    const redirect = (url: string) => callbacks().redirect({ url, baseUrl: 'http://192.168.0.7:3000' })
    expect(await redirect('/chat/1')).toBe('http://192.168.0.7:3000/chat/1')
    expect(await redirect('http://192.168.0.7:3000/chat/1')).toBe('http://192.168.0.7:3000/chat/1')
    expect(await redirect('https://evil.example/')).toBe('http://192.168.0.7:3000/')
    expect(await redirect('//evil.example/')).toBe('http://192.168.0.7:3000/')
  })
})
