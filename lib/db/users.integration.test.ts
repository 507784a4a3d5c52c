import { beforeEach, describe, expect, it } from 'vitest'
import type { Registration } from '#lib/chat/registration.ts'
import { emptyDatabase } from '../../scripts/test/empty-database.ts'
import { db } from './client.ts'
import {
  changePasswordHash,
  createUser,
  endSessions,
  findUserByAccount,
  findUserByEmail,
  findUserById,
  hasUsers,
  linkAccount,
  linkedProviders,
} from './users.ts'

beforeEach(emptyDatabase)

function signUp(email: string, registration: Registration = 'open') {
  return createUser({ email, name: 'Ada', passwordHash: 'hash' }, registration)
}

const github = { provider: 'github', providerAccountId: '42' }

describe('createUser', () => {
  it('makes the first person the administrator and the others members', async () => {
    expect(await hasUsers()).toBe(false)
    expect(await signUp('ada@example.com')).toMatchObject({
      email: 'ada@example.com',
      name: 'Ada',
      role: 'administrator',
      sessionVersion: 0,
      disabledAt: null,
    })
    expect(await hasUsers()).toBe(true)
    expect((await signUp('bob@example.com')).role).toBe('member')
  })

  it('makes one administrator of twelve who sign up at once', async () => {
    const people = await Promise.all(Array.from({ length: 12 }, (_, i) => signUp(`person${i}@example.com`)))
    expect(people.filter((person) => person.role === 'administrator')).toHaveLength(1)
  })

  it('lets one of twelve in where only the first may sign up', async () => {
    const attempts = await Promise.allSettled(
      Array.from({ length: 12 }, (_, i) => signUp(`person${i}@example.com`, 'first')),
    )
    const refused = attempts.filter((attempt) => attempt.status === 'rejected')
    expect(refused.map((attempt) => attempt.reason.code)).toEqual(Array(11).fill('registration_closed'))
    expect(await db().user.findMany({ select: { role: true } })).toEqual([{ role: 'administrator' }])
  })

  it('lets nobody in when registration is closed, not even the first', async () => {
    await expect(signUp('ada@example.com', 'closed')).rejects.toMatchObject({ code: 'registration_closed' })
    expect(await hasUsers()).toBe(false)
  })

  it('gives an email to one person only', async () => {
    const attempts = await Promise.allSettled([signUp('ada@example.com'), signUp('ada@example.com')])
    const refused = attempts.find((attempt) => attempt.status === 'rejected')
    expect(refused?.reason).toMatchObject({ code: 'email_taken', field: 'email' })
    expect(await db().user.count()).toBe(1)
  })

  it('links the account that it comes with, or adds nobody', async () => {
    const person = { email: 'ada@example.com', name: 'Ada', passwordHash: null, account: github }
    const ada = await createUser(person, 'open')
    expect(await findUserByAccount(github)).toEqual(ada)
    await expect(createUser({ ...person, email: 'other@example.com' }, 'open')).rejects.toThrow()
    expect(await findUserByEmail('other@example.com')).toBeNull()
  })
})

describe('finding people', () => {
  it('finds by id and by email, or finds nobody', async () => {
    const ada = await signUp('ada@example.com')
    expect(await findUserById(ada.id)).toEqual(ada)
    expect(await findUserByEmail('ada@example.com')).toEqual(ada)
    expect(await findUserById('01970000-0000-7000-8000-000000000000')).toBeNull()
    expect(await findUserByEmail('Ada@example.com')).toBeNull()
    expect(await findUserByAccount(github)).toBeNull()
  })
})

describe('sessions', () => {
  it('end with a new password and on request, for one person only', async () => {
    const ada = await signUp('ada@example.com')
    const bob = await signUp('bob@example.com')
    await changePasswordHash(ada.id, 'another hash')
    expect(await findUserById(ada.id)).toEqual({ ...ada, passwordHash: 'another hash', sessionVersion: 1 })
    await Promise.all([endSessions(ada.id), endSessions(ada.id)])
    expect(await findUserById(ada.id)).toMatchObject({ sessionVersion: 3, passwordHash: 'another hash' })
    expect(await findUserById(bob.id)).toEqual(bob)
  })
})

describe('linkAccount', () => {
  it('leads to one person, who may link it again', async () => {
    const ada = await signUp('ada@example.com')
    const bob = await signUp('bob@example.com')
    expect(await linkAccount(ada.id, github)).toBe(true)
    expect(await linkAccount(ada.id, github)).toBe(true)
    expect(await linkAccount(bob.id, github)).toBe(false)
    expect(await findUserByAccount(github)).toEqual(ada)
    expect(await linkedProviders(ada.id)).toEqual(['github'])
    expect(await linkedProviders(bob.id)).toEqual([])
  })

  it('keeps nothing of the provider but whose account it is', async () => {
    const ada = await signUp('ada@example.com')
    await linkAccount(ada.id, { ...github, access_token: 'gho_secret' } as typeof github)
    expect(await db().account.findMany({ omit: { createdAt: true } })).toEqual([
      { ...github, userId: ada.id },
    ])
  })
})
