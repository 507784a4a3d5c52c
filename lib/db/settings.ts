import { type Registration, registrations } from '#lib/chat/registration.ts'
import { db } from './client.ts'

const REGISTRATION = 'registration'

/** Who may sign up, as administrators have set it; NULL when they have not. */
export async function findRegistration(): Promise<Registration | null> {
  const row = await db().setting.findUnique({ where: { name: REGISTRATION } })
  return registrations.find((each) => each === row?.value) ?? null
}

/** @param registration NULL: what the configuration says holds again */
export async function setRegistration(registration: Registration | null): Promise<void> {
  if (registration === null) {
    await db().setting.deleteMany({ where: { name: REGISTRATION } })
    return
  }
  await db().setting.upsert({
    where: { name: REGISTRATION },
    create: { name: REGISTRATION, value: registration },
    update: { value: registration },
  })
}
