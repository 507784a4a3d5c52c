import { z } from 'zod'

/** Who may sign themselves up: anyone, only the first person, nobody. */
export const registrations = ['open', 'first', 'closed'] as const
export type Registration = (typeof registrations)[number]

/** NULL: what the configuration says. */
export const registrationChangeSchema = z.strictObject({ registration: z.enum(registrations).nullable() })
