import type { BrowserContext, Page } from '@playwright/test'
import { encode } from 'next-auth/jwt'
import pg from 'pg'
import { v7 as uuidv7 } from 'uuid'
import { hashPassword } from '#lib/auth/password.ts'
import { TEST_AUTH_SECRET } from '#scripts/test/start-stoa.ts'
import { ApiClient } from './api-client.ts'
import { newCredentials, type Person } from './person.ts'

/** Of next-auth over plain HTTP (lib/auth/configuration.ts). */
const SESSION_COOKIE = 'stoa.session-token'

/** One for all, hashed once: that costs on purpose as much as opening a page does. */
const PASSWORD = 'stoa poikile of the tests'
const passwordHash = hashPassword(PASSWORD)

/**
 * An account and its session, put where the forms would put them: what signing up comes to is tested where it is the
 * subject, and takes most of a second everywhere else. The page is still empty.
 *
 * @param databaseUrl the database of the server at `origin`
 */
export async function storePerson(
  context: BrowserContext,
  page: Page,
  { origin, databaseUrl }: { origin: string; databaseUrl: string },
): Promise<Person> {
  const id = uuidv7()
  const { name, email } = newCredentials()
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    await client.query(
      `INSERT INTO "user" (id, email, name, "passwordHash", role) VALUES ($1, $2, $3, $4, 'member')`,
      [id, email, name, await passwordHash],
    )
  } finally {
    await client.end()
  }
  const token = { sub: id, email, name, role: 'member', sessionVersion: 0 }
  const value = await encode({ token, secret: TEST_AUTH_SECRET, salt: SESSION_COOKIE })
  await context.addCookies([{ name: SESSION_COOKIE, value, url: origin, httpOnly: true, sameSite: 'Lax' }])
  return { name, email, password: PASSWORD, context, page, api: new ApiClient(origin, context) }
}
