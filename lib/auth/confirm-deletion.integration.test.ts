import { afterAll, beforeEach, expect, test } from 'vitest'
import { closeDatabase, db } from '#lib/db/client.ts'
import { createPerson } from '../../scripts/test/create-person.ts'
import { emptyDatabase } from '../../scripts/test/empty-database.ts'
import { confirmDeletion } from './confirm-deletion.ts'
import { register } from './register.ts'
import { ACCOUNT_ATTEMPTS } from './sign-in-limits.ts'

const ada = { name: 'Ada', email: 'ada@example.com', password: 'a quiet colonnade' }
const address = '203.0.113.9'
let userId: string

beforeEach(async () => {
  await emptyDatabase()
  userId = (await register(ada, 'open', address)).id
})
afterAll(closeDatabase)

test('the email, however it is written, and the password are proof, and leave no count behind', async () => {
  await confirmDeletion(userId, { email: ' ADA@example.com', password: ada.password }, address)
  expect(await db().rateLimit.count({ where: { key: { startsWith: 'sign-in-account' } } })).toBe(0)
})

test.each([
  [
    { email: 'ada', password: ada.password },
    { code: 'invalid_request', field: 'email' },
  ],
  [
    { email: 'bob@example.com', password: ada.password },
    { code: 'invalid_request', field: 'email' },
  ],
  [{ email: ada.email }, { code: 'wrong_credentials', field: 'password' }],
  [
    { email: ada.email, password: 'another one' },
    { code: 'wrong_credentials', field: 'password' },
  ],
])('%j is none', async (typed, refusal) => {
  await expect(confirmDeletion(userId, typed, address)).rejects.toMatchObject(refusal)
})

test('without a password the email is enough', async () => {
  const id = await createPerson()
  await confirmDeletion(id, { email: `${id}@example.org` }, address)
})

test('guessing the password here ends like guessing it at the sign-in', async () => {
  const guess = () => confirmDeletion(userId, { email: ada.email, password: 'a guess' }, address)
  for (let attempt = 0; attempt < ACCOUNT_ATTEMPTS; attempt += 1) {
    await expect(guess()).rejects.toMatchObject({ code: 'wrong_credentials' })
  }
  await expect(guess()).rejects.toMatchObject({ code: 'too_many_attempts' })
})
