import { z } from 'zod'
import { cleanText } from './clean-text.ts'
import { MAX_TITLE_LENGTH } from './limits.ts'
import { intensities } from './types.ts'

const personaChoice = {
  persona: z.string().min(1).max(64).optional(),
  intensity: z.enum(intensities).nullable().optional(),
}

/** A new user message under `parentId` (NULL: the first of its conversation), to be answered. */
export const sendMessageSchema = z.strictObject({
  conversationId: z.uuid(),
  parentId: z.uuid().nullable(),
  message: z.strictObject({ id: z.uuid(), text: z.string() }),
  ...personaChoice,
})

/** Another answer to the user message `parentId`; `answerId` is made by the client, so that asking twice answers once. */
const regenerateSchema = z.strictObject({
  conversationId: z.uuid(),
  parentId: z.uuid(),
  answerId: z.uuid(),
  ...personaChoice,
})

export const chatRequestSchema = z.union([sendMessageSchema, regenerateSchema])

export type SendMessage = z.infer<typeof sendMessageSchema>
export type ChatRequest = z.infer<typeof chatRequestSchema>

/** What may be changed of a conversation. */
export const conversationPatchSchema = z
  .strictObject({
    title: z.string().transform(cleanText).pipe(z.string().trim().min(1).max(MAX_TITLE_LENGTH)).optional(),
    ...personaChoice,
  })
  .refine((patch) => Object.keys(patch).length > 0, 'Name at least one of: title, persona, intensity.')

export type ConversationPatch = z.infer<typeof conversationPatchSchema>
