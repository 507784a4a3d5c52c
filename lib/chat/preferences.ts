import { z } from 'zod'

const fields = {
  /** Of a new conversation; NULL: the library's default. */
  persona: z.string().min(1).max(64).nullable(),
  /** Of a new conversation, as `provider:model`; NULL: the usual one. */
  model: z.string().min(3).max(200).nullable(),
  density: z.enum(['comfortable', 'compact']),
  /** Whether Enter sends (and Shift+Enter makes a line), or only Ctrl+Enter or ⌘+Enter does. */
  enterSends: z.boolean(),
  /** Whether a letter alone does something where nothing is typed (WCAG 2.1.4: such keys can be turned off). */
  singleKeys: z.boolean(),
}

/** What a person has chosen for all their conversations. */
export const preferencesSchema = z.object({
  persona: fields.persona.default(null),
  model: fields.model.default(null),
  density: fields.density.default('comfortable'),
  enterSends: fields.enterSends.default(true),
  singleKeys: fields.singleKeys.default(true),
})

/** Some of it, to be changed. */
export const preferencesChangeSchema = z.strictObject(fields).partial()

export type Preferences = z.infer<typeof preferencesSchema>

/** The preferences as they are stored; what is missing or not understood any more has its default. */
export function readPreferences(stored: unknown): Preferences {
  const known = typeof stored === 'object' && stored !== null ? stored : {}
  const defaults = preferencesSchema.parse({})
  const entries = Object.entries(preferencesSchema.shape).map(([name, field]) => {
    const value = field.safeParse(known[name as keyof typeof known])
    return [name, value.success ? value.data : defaults[name as keyof Preferences]]
  })
  return Object.fromEntries(entries) as Preferences
}
