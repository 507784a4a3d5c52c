import { afterAll, beforeEach, expect, test } from 'vitest'
import { closeDatabase, db } from '#lib/db/client.ts'
import { setRegistration } from '#lib/db/settings.ts'
import { env } from '#lib/env.ts'
import { emptyDatabase } from '../../scripts/test/empty-database.ts'
import { registrationNow } from './registration-now.ts'

beforeEach(emptyDatabase)
afterAll(closeDatabase)

test('what administrators have set stands over the configuration until they take it back', async () => {
  expect(await registrationNow()).toBe(env().REGISTRATION)
  for (const each of ['open', 'closed', 'first'] as const) {
    await setRegistration(each)
    expect(await registrationNow()).toBe(each)
  }
  await setRegistration(null)
  expect(await registrationNow()).toBe(env().REGISTRATION)
})

test('a setting that means nothing here is none', async () => {
  await db().setting.create({ data: { name: 'registration', value: 'sometimes' } })
  expect(await registrationNow()).toBe(env().REGISTRATION)
})
