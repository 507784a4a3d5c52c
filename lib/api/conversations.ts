import { z } from 'zod'
import { cleanText } from '#lib/chat/clean-text.ts'
import { queryFlag, queryFolder } from '#lib/chat/library-request.ts'
import { MAX_TITLE_LENGTH } from '#lib/chat/limits.ts'
import { choice, count, id, intensity, limit, time, tokens } from './fields.ts'

const folderId = id.meta({ description: 'Of `GET /folders`; NULL: in none.' })
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
    folderId: folderId.nullable(),
    createdAt: time,
    lastActivityAt: time,
    running: z.boolean().meta({ description: 'Whether an answer is being written in it.' }),
    deletedAt: time.optional().meta({ description: 'Of one that was deleted.' }),
    isTemporary: z
      .literal(true)
      .optional()
      .meta({ description: 'Of one that is erased an hour after its last message.' }),
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
  archived: queryFlag.optional().meta({
    description: 'Only those that are archived, or that are not; missing: those that are not.',
  }),
  pinned: queryFlag.optional().meta({ description: 'Only those that are pinned, or that are not.' }),
  folder: queryFolder.optional().meta({ description: 'Only those in this folder, or in `none`.' }),
  deleted: queryFlag.optional().meta({
    description:
      'Those that were deleted within 30 days and can be restored, the last deleted first; archived or not, unless you say.',
  }),
})

export const newConversationSchema = z
  .strictObject({ title: newTitle.optional(), ...choice, folderId: folderId.nullable().optional() })
  .meta({ id: 'NewConversation', example: { title: 'On courage', persona: 'tutor' } })

export type NewConversation = z.infer<typeof newConversationSchema>

export const conversationChangeSchema = z
  .strictObject({
    title: newTitle.optional(),
    ...choice,
    pinned: z.boolean(),
    archived: z.boolean(),
    folderId: folderId.nullable(),
  })
  .partial()
  .refine(
    (change) => Object.keys(change).length > 0,
    'Name at least one of: title, persona, intensity, model, pinned, archived, folderId.',
  )
  .meta({ id: 'ConversationChange', example: { title: 'On courage', pinned: true } })

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
        timeToFirstTokenMs: count.nullable(),
        latencyMs: count.nullable(),
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

export const clearRequestSchema = z
  .strictObject({
    messageId: id
      .optional()
      .meta({ description: 'The last answer, as it was seen; missing: whichever is last.' }),
  })
  .default({})
  .meta({ example: {} })
