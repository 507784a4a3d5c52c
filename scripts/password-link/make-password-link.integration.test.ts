import { expect, test } from 'vitest'
import { resetPasswordByLink } from '#lib/auth/reset-password.ts'
import { listAuditEvents } from '#lib/db/audit-events.ts'
import { db } from '#lib/db/client.ts'
import { createPerson } from '../test/create-person.ts'
import { makePasswordLink } from './make-password-link.ts'

const databaseUrl = process.env.DATABASE_URL ?? ''

test('whoever has the machine lets a person set a new password, by the newest link alone', async () => {
  const id = await createPerson()
  const { email } = await db().user.findUniqueOrThrow({ where: { id } })
  const older = await makePasswordLink(databaseUrl, email)
  const { secret, expiresAt } = await makePasswordLink(databaseUrl, ` ${email.toUpperCase()} `)
  expect(expiresAt.getTime()).toBeGreaterThan(Date.now() + 23 * 3600_000)
  await expect(resetPasswordByLink(older.secret, 'four unrelated words')).rejects.toMatchObject({
    code: 'link_not_valid',
  })
  expect(await resetPasswordByLink(secret, 'four unrelated words')).toMatchObject({ id })
  const { entries } = await listAuditEvents({ action: 'password.reset_made', before: null })
  expect(entries.filter(({ subject }) => subject === email)).toMatchObject([{ actor: null }, { actor: null }])
})

test('for nobody, and for a disabled account, there is none', async () => {
  const id = await createPerson()
  const { email } = await db().user.update({ where: { id }, data: { disabledAt: new Date() } })
  await expect(makePasswordLink(databaseUrl, email)).rejects.toThrow('is disabled')
  await expect(makePasswordLink(databaseUrl, 'nobody@example.org')).rejects.toThrow('Nobody here')
  expect(await db().passwordReset.count({ where: { userId: id } })).toBe(0)
})
