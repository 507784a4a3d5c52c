import { v7 as uuidv7 } from 'uuid'
import { db } from '#lib/db/client.ts'

/** Stores a person to own what a test makes; returns the id. */
export async function createPerson(): Promise<string> {
  const id = uuidv7()
  await db().user.create({ data: { id, email: `${id}@example.org`, name: 'Ada', role: 'member' } })
  return id
}
