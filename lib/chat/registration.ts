import { z } from 'zod'

/** Who may sign themselves up: anyone, only the first person, nobody. */
export const registrations = ['open', 'first', 'closed'] as const
export type Registration = (typeof registrations)[number]

/** `first` is for the configuration alone: whoever can change this has come first. NULL: what the configuration says. */
export const registrationChangeSchema = z.strictObject({
  registration: z.enum(['open', 'closed']).nullable(),
})
