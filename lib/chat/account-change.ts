import { z } from 'zod'
import { cleanText } from './clean-text.ts'
import { MAX_INSTRUCTION_LENGTH } from './limits.ts'
import { parseName } from './parse-name.ts'
import { preferencesChangeSchema } from './preferences.ts'

const name = z.string().transform((text, context) => {
  const parsed = parseName(text)
  if (parsed === null) context.addIssue('say what to call you, in at most 80 characters')
  return parsed ?? z.NEVER
})

const instruction = z
  .string()
  .transform((text) => cleanText(text).replaceAll(/\r\n?/g, '\n').trim())
  .pipe(z.string().max(MAX_INSTRUCTION_LENGTH, `at most ${MAX_INSTRUCTION_LENGTH} characters`))

/** What a person may change of their account without proving again who they are. */
export const accountChangeSchema = z
  .strictObject({
    name: name.optional(),
    aboutYou: instruction.optional(),
    howToAnswer: instruction.optional(),
    preferences: preferencesChangeSchema.optional(),
  })
  .refine(
    (change) => Object.keys(change).length > 0,
    'Name at least one of: name, aboutYou, howToAnswer, preferences.',
  )

export type AccountChange = z.input<typeof accountChangeSchema>
export type CheckedAccountChange = z.output<typeof accountChangeSchema>

/** What deleting an account takes: that it is meant, and that the person is who they say. */
export const accountDeletionSchema = z.strictObject({
  /** Typed to confirm. */
  email: z.string(),
  /** Of an account that has one. */
  password: z.string().default(''),
  /** The email of whoever is to be the administrator then, when the only one goes and others stay. */
  successor: z.string().optional(),
})

export type AccountDeletion = z.input<typeof accountDeletionSchema>
