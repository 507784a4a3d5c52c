import { type Preferences, readPreferences } from '#lib/chat/preferences.ts'
import { db } from './client.ts'

/** What a person's settings show of them. */
export interface Profile {
  name: string
  email: string
  role: 'administrator' | 'member'
  hasPassword: boolean
  createdAt: Date
  aboutYou: string
  howToAnswer: string
  preferences: Preferences
}

/** What a person has said of themselves and chosen; NULL when the account is gone. */
export async function findProfile(userId: string): Promise<Profile | null> {
  const user = await db().user.findUnique({
    where: { id: userId },
    select: {
      ...{ name: true, email: true, role: true, passwordHash: true, createdAt: true },
      ...{ aboutYou: true, howToAnswer: true, preferences: true },
    },
  })
  if (!user) return null
  const { passwordHash, preferences, ...rest } = user
  return { ...rest, hasPassword: passwordHash !== null, preferences: readPreferences(preferences) }
}

/** Changes what is given. */
export async function changeProfile(
  userId: string,
  change: Partial<Pick<Profile, 'name' | 'aboutYou' | 'howToAnswer'>>,
): Promise<void> {
  await db().user.updateMany({ where: { id: userId }, data: change })
}
