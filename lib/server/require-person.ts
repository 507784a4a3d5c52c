import type { PersonEntry } from '#lib/chat/person.ts'
import { findPerson } from '#lib/db/people.ts'
import { userNotFound } from './path-ids.ts'

/**
 * Somebody who has an account, for administrators.
 *
 * @throws AppError not_found
 */
export async function requirePerson(userId: string): Promise<PersonEntry> {
  const person = await findPerson(userId)
  if (!person) throw userNotFound()
  return person
}
