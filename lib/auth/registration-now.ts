import type { Registration } from '#lib/chat/registration.ts'
import { inTime } from '#lib/db/in-time.ts'
import { findRegistration } from '#lib/db/settings.ts'
import { env } from '#lib/env.ts'

/** Who may sign up now: what administrators have set, else REGISTRATION of the configuration. */
export async function registrationNow(): Promise<Registration> {
  return (await inTime(findRegistration())) ?? env().REGISTRATION
}
