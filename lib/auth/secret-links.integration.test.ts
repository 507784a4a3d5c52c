import { afterAll, beforeEach, expect, test } from 'vitest'
import type { NewInvitation } from '#lib/chat/person.ts'
import { closeDatabase, db } from '#lib/db/client.ts'
import { findInvitation, listOpenInvitations, withdrawInvitation } from '#lib/db/invitations.ts'
import { emptyDatabase } from '../../scripts/test/empty-database.ts'
import { register } from './register.ts'
import { resetPasswordByLink } from './reset-password.ts'
import { makeInvitation, makePasswordLink } from './secret-links.ts'
import { hashSecret } from './secret-token.ts'
import { signInWithPassword } from './sign-in.ts'

const address = '203.0.113.9'
const headers = new Headers({ host: 'stoa.test', 'x-forwarded-proto': 'https' })
const ada = { name: 'Ada', email: 'ada@example.com', password: 'a quiet colonnade' }
const bea = { ...ada, name: 'Bea', email: 'bea@example.com' }
let adasId: string

beforeEach(async () => {
  await emptyDatabase()
  adasId = (await register(ada, 'open', address)).id
})
afterAll(closeDatabase)

function secretOf(url: string): string {
  const [, secret = ''] = /^https:\/\/stoa\.test\/(?:invitation|password)\/([\w-]{43})$/.exec(url) ?? []
  return secret
}

async function invite(wanted: NewInvitation = { role: 'member', days: 7 }) {
  const { id, url } = await makeInvitation(wanted, headers)
  const hash = hashSecret(secretOf(url))
  return { id, hash, join: (person = bea) => register(person, { invitation: hash }, address) }
}

test('an invitation lets one person in, with its role, while nobody may sign up', async () => {
  const { join, hash } = await invite({ role: 'administrator', days: 1 })
  expect(await listOpenInvitations()).toMatchObject([{ role: 'administrator' }])
  expect(await findInvitation(hash)).toEqual({ role: 'administrator', state: 'open' })
  expect(await join()).toMatchObject({ email: bea.email, role: 'administrator' })
  expect(await findInvitation(hash)).toMatchObject({ state: 'used' })
  expect(await listOpenInvitations()).toEqual([])
  await expect(join({ ...bea, email: 'cleo@example.com' })).rejects.toMatchObject({ code: 'link_not_valid' })
})

test('of two who use an invitation at once one gets in', async () => {
  const { join } = await invite()
  const outcomes = await Promise.allSettled([join(), join({ ...bea, email: 'cleo@example.com' })])
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  expect(await db().user.count()).toBe(2)
})

test('an email that is taken does not use the invitation up', async () => {
  const { join, hash } = await invite()
  await expect(join(ada)).rejects.toMatchObject({ code: 'email_taken' })
  expect(await findInvitation(hash)).toMatchObject({ state: 'open' })
})

test('an invitation that has run out, was withdrawn or never was lets nobody in', async () => {
  const late = await invite()
  await db().invitation.update({ where: { id: late.id }, data: { expiresAt: new Date(0) } })
  expect(await findInvitation(late.hash)).toMatchObject({ state: 'expired' })
  const withdrawn = await invite()
  expect(await withdrawInvitation(withdrawn.id)).toBe('member')
  expect(await withdrawInvitation(withdrawn.id)).toBeNull()
  expect(await findInvitation(withdrawn.hash)).toBeNull()
  for (const { join } of [late, withdrawn]) {
    await expect(join()).rejects.toMatchObject({ code: 'link_not_valid' })
  }
  expect(await db().user.count()).toBe(1)
})

test('who joins a Stoa that everybody has left is its administrator', async () => {
  const { join } = await invite()
  await db().user.deleteMany()
  expect(await join()).toMatchObject({ role: 'administrator' })
})

test('a link sets a password once, and ends the sessions', async () => {
  const secret = secretOf((await makePasswordLink(adasId, headers)).url)
  const next = 'a loud peristyle at noon'
  await expect(resetPasswordByLink(secret, 'password')).rejects.toMatchObject({
    ...{ code: 'weak_password', field: 'newPassword' },
  })
  expect(await resetPasswordByLink(secret, next)).toMatchObject({ id: adasId, email: ada.email })
  expect(await signInWithPassword({ ...ada, password: next, address })).toMatchObject({ sessionVersion: 1 })
  await expect(resetPasswordByLink(secret, ada.password)).rejects.toMatchObject({ code: 'link_not_valid' })
})

test('a link that was replaced, has run out, or is of a disabled person sets nothing', async () => {
  const make = async () => secretOf((await makePasswordLink(adasId, headers)).url)
  const replaced = await make()
  const secret = await make()
  const refused = (link: string) =>
    expect(resetPasswordByLink(link, 'a loud peristyle at noon')).rejects.toMatchObject({
      code: 'link_not_valid',
    })
  await refused(replaced)
  await refused('')
  await db().user.update({ where: { id: adasId }, data: { disabledAt: new Date() } })
  await refused(secret)
  await db().user.update({ where: { id: adasId }, data: { disabledAt: null } })
  await db().passwordReset.updateMany({ data: { expiresAt: new Date(0) } })
  await refused(secret)
  expect(await signInWithPassword({ ...ada, address })).toMatchObject({ sessionVersion: 0 })
})
