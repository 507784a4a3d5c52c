import { z } from 'zod'
import { cleanText } from '#lib/chat/clean-text.ts'
import { MAX_TITLE_LENGTH } from '#lib/chat/limits.ts'
import { choice, id, intensity, limit, time, tokens } from './fields.ts'

const title = z.string().min(1).max(MAX_TITLE_LENGTH)
const newTitle = z.string().transform(cleanText).pipe(z.string().trim().min(1).max(MAX_TITLE_LENGTH))

export const conversationSchema = z
  .object({
    id,
    title,
    titleSource: z.enum(['placeholder', 'generated', 'person']),
    persona: z.string(),
    intensity: intensity.nullable().meta({ description: 'NULL: the persona’s own.' }),
    model: z.string().nullable().meta({ description: 'As `provider:model`; NULL: the usual one.' }),
    activeLeafId: id.nullable().meta({ description: 'The message at the end of the branch that is shown.' }),
    pinned: z.boolean(),
    archived: z.boolean(),
    createdAt: time,
    lastActivityAt: time,
    running: z.boolean().meta({ description: 'Whether an answer is being written in it.' }),
    isTemporary: z.literal(true).optional().meta({ description: 'Of one that is deleted a day later.' }),
  })
  .meta({ id: 'Conversation' })

export const conversationListSchema = z
  .object({
    conversations: z.array(conversationSchema),
    nextCursor: z.string().nullable().meta({ description: 'For `before`; NULL at the end.' }),
  })
  .meta({ id: 'ConversationList' })

export const conversationQuerySchema = z.strictObject({
  limit: limit.default(40),
  before: z.string().optional().meta({ description: 'The `nextCursor` of the page before.' }),
  archived: z.enum(['true', 'false']).default('false').meta({ description: 'Which of them are listed.' }),
})

export const newConversationSchema = z
  .strictObject({ title: newTitle.optional(), ...choice })
  .meta({ id: 'NewConversation' })

export type NewConversation = z.infer<typeof newConversationSchema>

export const conversationChangeSchema = z
  .strictObject({ title: newTitle.optional(), ...choice, pinned: z.boolean(), archived: z.boolean() })
  .partial()
  .refine(
    (change) => Object.keys(change).length > 0,
    'Name at least one of: title, persona, intensity, model, pinned, archived.',
  )
  .meta({ id: 'ConversationChange' })

const messageBase = {
  id,
  parentId: id.nullable(),
  siblingIds: z.array(id).meta({ description: 'Every message in its place, itself included, oldest first.' }),
  text: z.string(),
  createdAt: time,
  isCleared: z.boolean().meta({ description: 'Whether the context starts afresh after it.' }),
}

export const messageSchema = z
  .discriminatedUnion('role', [
    z.object({ ...messageBase, role: z.literal('user') }),
    z.object({
      ...messageBase,
      role: z.literal('assistant'),
      generation: z.object({
        id,
        status: z.enum(['streaming', 'complete', 'truncated', 'stopped', 'interrupted', 'failed']),
        errorCode: z.string().nullable(),
        retryAt: time.nullable(),
        retryInSeconds: z.number().nullable(),
        persona: z.string(),
        intensity,
        provider: z.string(),
        model: z.string(),
        fallbackFrom: z.string().nullable(),
        inputTokens: tokens,
        outputTokens: tokens,
        timeToFirstTokenMs: z.int().nullable(),
        latencyMs: z.int().nullable(),
      }),
    }),
  ])
  .meta({ id: 'Message' })

export const messageListSchema = z
  .object({
    messages: z.array(messageSchema).meta({ description: 'Of the branch that is shown, oldest first.' }),
    nextCursor: id.nullable().meta({ description: 'For `before`; NULL when they begin with the first.' }),
  })
  .meta({ id: 'MessageList' })

export const messageQuerySchema = z.strictObject({
  limit: limit.default(50),
  before: id.optional().meta({ description: 'Only messages before this one.' }),
})

export const clearRequestSchema = z.strictObject({
  messageId: id
    .optional()
    .meta({ description: 'The last answer, as it was seen; missing: whichever is last.' }),
})
