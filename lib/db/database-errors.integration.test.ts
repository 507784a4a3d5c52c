import { afterAll, expect, test } from 'vitest'
import { closeDatabase, db } from './client.ts'
import { isDatabaseUnavailable } from './database-errors.ts'

afterAll(closeDatabase)

/** What a statement fails with that raises this code in PostgreSQL. */
async function failureWith(code: string): Promise<unknown> {
  return db()
    .$executeRawUnsafe(`DO $$ BEGIN RAISE EXCEPTION 'raised' USING ERRCODE = '${code}'; END $$`)
    .then(
      () => null,
      (error: unknown) => error,
    )
}

test.each(['53100', '53200', '53300', '57014', '57P01', '57P03', '25006'])(
  '%s: the database is not available now, and may be later',
  async (code) => expect(isDatabaseUnavailable(await failureWith(code))).toBe(true),
)

test.each(['23505', '22P02', '42P01'])('%s: trying again would not help', async (code) =>
  expect(isDatabaseUnavailable(await failureWith(code))).toBe(false),
)
