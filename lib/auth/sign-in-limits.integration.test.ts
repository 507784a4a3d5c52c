import { afterAll, beforeEach, expect, test } from 'vitest'
import { listAuditEvents } from '#lib/db/audit-events.ts'
import { closeDatabase } from '#lib/db/client.ts'
import { emptyDatabase } from '../../scripts/test/empty-database.ts'
import { ACCOUNT_ATTEMPTS, countAttempt } from './sign-in-limits.ts'

beforeEach(emptyDatabase)
afterAll(closeDatabase)

test('that the attempts on an account are used up is put down once, with where they came from', async () => {
  const attempt = { address: '203.0.113.9', email: 'ada@example.com' }
  for (let each = 0; each < ACCOUNT_ATTEMPTS; each += 1) await countAttempt(attempt)
  const log = async () => (await listAuditEvents({ action: 'sign-in.locked', before: null })).entries
  expect(await log()).toEqual([])
  for (let each = 0; each < 3; each += 1) {
    await expect(countAttempt(attempt)).rejects.toMatchObject({ code: 'too_many_attempts' })
  }
  expect(await log()).toMatchObject([{ actor: null, subject: attempt.email, address: attempt.address }])
})
