import { z } from 'zod'
import { textToTime } from './import-times.ts'
import {
  countLeftOut,
  emptyLedger,
  type ImportedConversation,
  type ImportedGeneration,
  type ImportedMessage,
  type LeftOut,
} from './imported-conversation.ts'
import { ledgerSchema } from './ledger-schema.ts'
import { MAX_FOLDER_NAME_LENGTH, MAX_INSTRUCTION_LENGTH } from './limits.ts'
import { intensities } from './types.ts'

const time = z.string().transform((text, context) => {
  const read = textToTime(text)
  if (read === null) context.addIssue('a time')
  return read ?? z.NEVER
})
const count = z.int().min(0).max(2_147_483_647).nullable()
const intensity = z.enum(intensities)

const callSchema = z.object({
  ...{ provider: z.string(), model: z.string(), outcome: z.string() },
  ...{ sentAtMs: z.number(), firstTokenAtMs: z.number().nullable(), endedAtMs: z.number() },
  ...{ maxOutputTokens: z.number(), temperature: z.number().nullable(), isRebuilt: z.boolean() },
  adaptations: z.array(z.string()),
  ...{ inputTokens: count, outputTokens: count, cachedInputTokens: count, reasoningTokens: count },
  cost: z.number().nullable(),
})

const generationSchema = z.object({
  id: z.string(),
  status: z.enum(['streaming', 'complete', 'truncated', 'stopped', 'interrupted', 'failed']),
  errorCode: z.string().nullable(),
  ...{ provider: z.string(), model: z.string(), fallbackFrom: z.string().nullable() },
  ...{ persona: z.string(), intensity, promptHash: z.string() },
  ledger: z.unknown(),
  calls: z.array(callSchema).catch([]),
  ...{ inputTokens: count, outputTokens: count, cachedInputTokens: count, reasoningTokens: count },
  ...{ timeToFirstTokenMs: count, latencyMs: count },
  cost: z.int().nullable(),
  ...{ startedAt: time, finishedAt: time.nullable() },
})

const messageSchema = z.object({
  ...{ id: z.string(), parentId: z.string().nullable(), role: z.enum(['user', 'assistant']) },
  ...{ text: z.string(), createdAt: time, clearedAt: time.nullable(), deletedAt: z.string().nullish() },
  generations: z.array(generationSchema),
})

const summarySchema = z.object({
  ...{ id: z.string(), version: z.int().min(1).max(2_147_483_647), throughMessageId: z.string() },
  ...{ startsAfterId: z.string().nullable(), text: z.string(), author: z.enum(['model', 'person']) },
  ...{ basedOnId: z.string().nullable(), restoredFromId: z.string().nullable() },
  ...{ fromMessageId: z.string().nullable(), foldedMessages: z.int().min(0).max(2_147_483_647) },
  ...{ provider: z.string().nullable(), model: z.string().nullable(), createdAt: time },
})

const conversationSchema = z.object({
  ...{ id: z.string(), title: z.string(), titleSource: z.enum(['placeholder', 'generated', 'person']) },
  ...{ persona: z.string(), intensity: intensity.nullable(), model: z.string().nullable() },
  ...{ activeLeafId: z.string().nullable(), createdAt: time, lastActivityAt: time },
  ...{ pinnedAt: time.nullable(), archivedAt: time.nullable() },
  folder: z
    .object({
      name: z.string().min(1).max(MAX_FOLDER_NAME_LENGTH),
      persona: z.string().nullable(),
      instructions: z.string().max(MAX_INSTRUCTION_LENGTH),
    })
    .nullable()
    .catch(null),
  messages: z.array(messageSchema),
  summaries: z.array(summarySchema),
})

/** Whether a value is a conversation as our own JSON has it. */
export function isOwnConversation(value: object): boolean {
  return 'messages' in value && 'titleSource' in value
}

/** Whether it was in the trash, or nobody's to keep, when it was exported with a whole account. */
export function isOwnLeftOut(value: object): boolean {
  return (
    ('deletedAt' in value && value.deletedAt !== null) || ('temporary' in value && value.temporary === true)
  )
}

/**
 * Reads a conversation of our own JSON, as `writeConversations` in lib/server writes it: whole, without what was deleted.
 *
 * @returns NULL when it has not the shape, or its messages are no tree
 */
export function readOwnConversation(value: unknown): ImportedConversation | null {
  const parsed = conversationSchema.safeParse(value)
  if (!parsed.success) return null
  const { messages: given, summaries: versions, ...conversation } = parsed.data
  const leftOut: LeftOut = {}
  const kept = given.filter(({ deletedAt }) => !deletedAt)
  countLeftOut(leftOut, 'deleted', given.length - kept.length)
  const messages = inOrder(kept.map((message) => readMessage(message, leftOut)))
  if (
    !messages ||
    messages.some(({ role, generations }) => role === 'assistant' && generations.length === 0)
  ) {
    return null
  }
  const ids = new Set(messages.map(({ id }) => id))
  const summaries = versions.filter(({ throughMessageId }) => ids.has(throughMessageId))
  countLeftOut(leftOut, 'summaries', versions.length - summaries.length)
  if (new Set(summaries.map(({ version }) => version)).size < summaries.length) return null
  const { activeLeafId } = conversation
  return {
    ...{ ...conversation, source: 'stoa', leftOut, messages, summaries },
    activeLeafId:
      activeLeafId !== null && ids.has(activeLeafId) ? activeLeafId : (messages.at(-1)?.id ?? null),
  }
}

function readMessage(message: z.infer<typeof messageSchema>, leftOut: LeftOut): ImportedMessage {
  const { deletedAt: _, generations, ...rest } = message
  if (rest.role === 'user') return { ...rest, generations: [] }
  return { ...rest, generations: generations.map((generation) => readGeneration(generation, leftOut)) }
}

function readGeneration(generation: z.infer<typeof generationSchema>, leftOut: LeftOut): ImportedGeneration {
  const ledger = ledgerSchema.safeParse(generation.ledger)
  if (!ledger.success) countLeftOut(leftOut, 'ledgers')
  const { status } = generation
  return {
    ...generation,
    // Nobody goes on with it.
    status: status === 'streaming' ? 'interrupted' : status,
    ledger: ledger.data ?? emptyLedger,
  }
}

/** Each message after the one that it follows; NULL when they are no tree. */
function inOrder(messages: ImportedMessage[]): ImportedMessage[] | null {
  const children = new Map<string | null, ImportedMessage[]>()
  for (const message of messages) {
    const siblings = children.get(message.parentId)
    if (siblings) siblings.push(message)
    else children.set(message.parentId, [message])
  }
  const ordered = [...(children.get(null) ?? [])]
  // It grows while it is read.
  for (const { id } of ordered) ordered.push(...(children.get(id) ?? []))
  const isTree =
    ordered.length === messages.length && new Set(ordered.map(({ id }) => id)).size === ordered.length
  return isTree ? ordered : null
}
