import { afterAll, beforeEach, expect, test } from 'vitest'
import { closeDatabase, db } from '#lib/db/client.ts'
import { emptyDatabase } from '../../scripts/test/empty-database.ts'
import { SHARED_READS_PER_MINUTE, sharedReadWait } from './shared-read-limit.ts'

beforeEach(emptyDatabase)
afterAll(closeDatabase)

test('who asks for very many shared copies has to wait, and nobody else', async () => {
  const from = (address: string) => sharedReadWait(new Headers({ 'x-forwarded-for': address }))
  expect(await from('203.0.113.9')).toBe(0)
  // As if they had asked so often.
  await db().rateLimit.updateMany({ data: { points: SHARED_READS_PER_MINUTE - 1 } })
  expect(await from('203.0.113.9')).toBe(0)
  const wait = await from('203.0.113.9')
  expect(wait).toBeGreaterThan(0)
  expect(wait).toBeLessThanOrEqual(60)
  expect(await from('203.0.113.10')).toBe(0)
})
