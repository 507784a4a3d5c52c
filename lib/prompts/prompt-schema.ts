import { z } from 'zod'
import { intensities } from '#lib/chat/types.ts'

/** What the page of a new conversation has room for. */
const STARTERS = 3

const line = (maxLength: number) =>
  z
    .string('wants a text')
    .trim()
    .min(1, 'wants a text')
    .max(maxLength, `wants at most ${maxLength} characters`)

/** Names of prompts and fragments; a fragment's becomes a file name, so it may lead nowhere else. */
export const promptName = z.string('wants a name').superRefine((name, context) => {
  if (/[/\\]|^\.+$|^[a-z]:/i.test(name)) context.addIssue('wants a name, not a path')
  else if (!/^[a-z0-9][a-z0-9-]{0,63}$/.test(name)) {
    context.addIssue('wants a name of lower-case letters, digits and hyphens')
  }
})

const promptNames = z
  .array(promptName, 'wants a list of names')
  .refine((names) => new Set(names).size === names.length, 'wants no name twice')

const composition = {
  base: promptName,
  core: promptNames.default([]),
  styles: promptNames.default([]),
  rules: promptNames.default([]),
}

/** A persona for people, as prompts.yaml describes it. */
export const personaSchema = z.strictObject(
  {
    label: line(40),
    description: line(160),
    ...composition,
    intensity: z.enum(intensities, `wants ${intensities.join(' or ')}`),
    starters: z.array(line(200), 'wants a list of texts').length(STARTERS, `wants ${STARTERS} texts`),
  },
  'wants the keys of a persona',
)

/** A prompt of the program, as prompts.yaml describes it. */
export const internalPromptSchema = z.strictObject(
  {
    internal: z.literal(true, 'wants true'),
    ...composition,
    variables: z.array(z.string('wants a name'), 'wants a list of names').default([]),
  },
  'wants the keys of an internal prompt',
)

export type PersonaEntry = z.infer<typeof personaSchema>
export type InternalPromptEntry = z.infer<typeof internalPromptSchema>
