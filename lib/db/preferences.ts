import { type Preferences, readPreferences } from '#lib/chat/preferences.ts'
import { db } from './client.ts'

/** What a person has chosen for all their conversations. */
export async function findPreferences(userId: string): Promise<Preferences> {
  const user = await db().user.findUnique({ where: { id: userId }, select: { preferences: true } })
  return readPreferences(user?.preferences)
}

/** Changes what is given and leaves the rest, in one statement: two tabs may change two preferences at once. */
export async function changePreferences(userId: string, change: Partial<Preferences>): Promise<void> {
  await db().$executeRaw`
    UPDATE "user" SET preferences = preferences || ${JSON.stringify(change)}::jsonb WHERE id = ${userId}::uuid`
}
