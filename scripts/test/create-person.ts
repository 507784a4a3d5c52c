import { v7 as uuidv7 } from 'uuid'
import type { PersonalInstructions } from '#lib/chat/render-context.ts'
import { db } from '#lib/db/client.ts'

/** Stores a person to own what a test makes; returns the id. */
export async function createPerson(told: Partial<PersonalInstructions> = {}): Promise<string> {
  const id = uuidv7()
  await db().user.create({ data: { id, email: `${id}@example.org`, name: 'Ada', role: 'member', ...told } })
  return id
}
