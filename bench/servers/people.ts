import { encode } from 'next-auth/jwt'
import pg from 'pg'
import { v7 as uuid } from 'uuid'

/** The same for every server of the bench; it guards nothing. */
export const AUTH_SECRET = 'a secret of the bench, which keeps nothing'

const COOKIE = 'stoa.session-token'
const DAY_SECONDS = 24 * 60 * 60

/**
 * Stores people and signs them in, as the sign-in page would.
 *
 * @returns the id and a session's cookie of each
 */
export async function createPeople(
  databaseUrl: string,
  count: number,
): Promise<{ id: string; cookie: string }[]> {
  const people = Array.from({ length: count }, (_, index) => ({ id: uuid(), name: `Person ${index + 1}` }))
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    await client.query(
      `INSERT INTO "user" (id, email, name, role)
       SELECT id, id || '@example.org', name, 'member' FROM unnest($1::uuid[], $2::text[]) AS person(id, name)`,
      [people.map(({ id }) => id), people.map(({ name }) => name)],
    )
  } finally {
    await client.end()
  }
  return Promise.all(people.map(async (person) => ({ id: person.id, cookie: await signIn(person) })))
}

async function signIn({ id, name }: { id: string; name: string }): Promise<string> {
  const token = await encode({
    token: { sub: id, email: `${id}@example.org`, name, role: 'member', sessionVersion: 0 },
    secret: AUTH_SECRET,
    salt: COOKIE,
    maxAge: DAY_SECONDS,
  })
  return `${COOKIE}=${token}`
}
