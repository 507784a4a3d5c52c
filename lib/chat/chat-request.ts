import { z } from 'zod'
import { cleanText } from './clean-text.ts'
import { MAX_TITLE_LENGTH } from './limits.ts'
import { intensities } from './types.ts'

const personaChoice = {
  persona: z.string().min(1).max(64).optional(),
  intensity: z.enum(intensities).nullable().optional(),
}

/** One of the models that this server offers, as `provider:model`; NULL: the usual one. When it is missing the conversation keeps its own. */
const modelChoice = { model: z.string().min(3).max(200).nullable().optional() }

/** A new user message under `parentId` (NULL: the first of its conversation), to be answered. */
export const sendMessageSchema = z.strictObject({
  conversationId: z.uuid(),
  parentId: z.uuid().nullable(),
  message: z.strictObject({ id: z.uuid(), text: z.string() }),
  /** Of a new conversation: it is in no list, gets no title, and is erased when it is left, or an hour after its last message. */
  temporary: z.boolean().optional(),
  /** Of a new conversation: the folder that it is begun in; one that is gone meanwhile is none. */
  folderId: z.uuid().optional(),
  ...personaChoice,
  ...modelChoice,
})

/** Another answer to the user message `parentId`; `answerId` is made by the client, so that asking twice answers once. */
const regenerateSchema = z.strictObject({
  conversationId: z.uuid(),
  parentId: z.uuid(),
  answerId: z.uuid(),
  ...personaChoice,
  ...modelChoice,
})

/**
 * More of the answer `answerId`, which ended before it was finished, appended to it by the model that wrote it;
 * `generationId` is made by the client, so that asking twice continues once.
 */
const continueSchema = z.strictObject({
  conversationId: z.uuid(),
  answerId: z.uuid(),
  generationId: z.uuid(),
})

export const chatRequestSchema = z.union([sendMessageSchema, regenerateSchema, continueSchema])

export type SendMessage = z.infer<typeof sendMessageSchema>
export type Regenerate = z.infer<typeof regenerateSchema>
export type ContinueAnswer = z.infer<typeof continueSchema>
export type ChatRequest = z.infer<typeof chatRequestSchema>

/** What may be changed of a conversation. */
export const conversationPatchSchema = z
  .strictObject({
    title: z.string().transform(cleanText).pipe(z.string().trim().min(1).max(MAX_TITLE_LENGTH)).optional(),
    ...personaChoice,
    ...modelChoice,
    /** A temporary conversation is kept like any other from now on. */
    temporary: z.literal(false).optional(),
    pinned: z.boolean().optional(),
    archived: z.boolean().optional(),
    /** One of the person's folders; NULL: out of any. */
    folderId: z.uuid().nullable().optional(),
  })
  .refine(
    (patch) => Object.keys(patch).length > 0,
    'Name at least one of: title, persona, intensity, model, temporary, pinned, archived, folderId.',
  )

/** An empty choice is none: the persona's own intensity, the usual model. */
const noneWhenEmpty = (text: string) => (text === '' ? null : text)

/** With what the next message would be sent; what is missing is as the conversation has it. */
export const contextQuerySchema = z.strictObject({
  persona: personaChoice.persona,
  intensity: z.string().transform(noneWhenEmpty).pipe(z.enum(intensities).nullable()).optional(),
  model: z.string().transform(noneWhenEmpty).pipe(z.string().min(3).max(200).nullable()).optional(),
  /** Of a new conversation: the folder that it is to be begun in. */
  folder: z.uuid().optional(),
})

export type ContextQuery = z.infer<typeof contextQuerySchema>

/** Which run is to be stopped; without one, whichever runs. */
export const stopSchema = z.strictObject({ generationId: z.uuid().optional() })

/** Shows the branch that a message is on, from there to its newest end. */
export const openBranchSchema = z.strictObject({ messageId: z.uuid() })

/** The answer after which the context starts afresh, or is to do so no longer. */
export const clearSchema = z.strictObject({ messageId: z.uuid() })

/** Which messages are wanted with a conversation that has changed (BranchWindow in lib/chat/branch-window.ts). */
export const branchWindowSchema = z.strictObject({ from: z.uuid().nullable().default(null) })

/** The same of a conversation that is read; `before`: only the page of messages before that one. */
export const messagesQuerySchema = branchWindowSchema.extend({ before: z.uuid().optional() })

export type ConversationPatch = z.infer<typeof conversationPatchSchema>

/** A summary as the person wants it, in the place of this version. */
export const editSummarySchema = z
  .strictObject({ text: z.string(), version: z.int().positive() })
  .meta({ example: { text: 'They spoke of courage.', version: 1 } })

/** Which page of the versions, in the query of an address. */
export const summaryQuerySchema = z.strictObject({
  before: z.coerce.number().int().positive().max(2_147_483_647).optional(),
})

/** Which run of an answer, in the query of an address. */
export const makingQuerySchema = z.strictObject({ generation: z.uuid().optional() })
