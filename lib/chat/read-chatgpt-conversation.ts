import { z } from 'zod'
import { codeBlock } from './code-block.ts'
import { foreignConversation } from './foreign-conversation.ts'
import type { SourceNode } from './grow-turns.ts'
import { secondsToTime } from './import-times.ts'
import {
  addLeftOut,
  countLeftOut,
  type ImportedConversation,
  type LeftOut,
  standIn,
} from './imported-conversation.ts'

/** What matters of a conversation in ChatGPT's export; everything else in it may change. */
const conversationSchema = z.looseObject({
  id: z.string().nullish(),
  conversation_id: z.string().nullish(),
  title: z.string().nullish(),
  create_time: z.number().nullish(),
  update_time: z.number().nullish(),
  current_node: z.string().nullish(),
  default_model_slug: z.string().nullish(),
  is_archived: z.boolean().nullish(),
  mapping: z.record(
    z.string(),
    z.looseObject({ parent: z.string().nullish(), message: z.unknown().optional() }),
  ),
})

const messageSchema = z.looseObject({
  author: z.looseObject({ role: z.string() }),
  create_time: z.number().nullish(),
  content: z.looseObject({
    content_type: z.string().nullish(),
    parts: z.array(z.unknown()).nullish(),
    text: z.string().nullish(),
    language: z.string().nullish(),
  }),
  recipient: z.string().nullish(),
  weight: z.number().nullish(),
  metadata: z
    .looseObject({
      model_slug: z.string().nullish(),
      is_visually_hidden_from_conversation: z.boolean().nullish(),
      attachments: z.array(z.unknown()).nullish(),
    })
    .nullish(),
})

type Message = z.infer<typeof messageSchema>

/** How ChatGPT marks sources within a text: characters of a private area, which nothing shows. */
const sourceMarks = /\ue200[^\ue201]*\ue201|[\ue200-\ue206]/g

/** Whether a value is a conversation as ChatGPT exports it. */
export function isChatgptConversation(value: object): boolean {
  return 'mapping' in value
}

/**
 * Reads a conversation of ChatGPT's export: all branches, the one that was shown there shown here.
 *
 * @returns NULL when it has not the shape
 * @throws ConversationTooLarge
 */
export function readChatgptConversation(value: unknown): ImportedConversation | null {
  const parsed = conversationSchema.safeParse(value)
  if (!parsed.success) return null
  const { mapping, ...conversation } = parsed.data
  const id = conversation.conversation_id ?? conversation.id ?? Object.keys(mapping)[0]
  if (id === undefined) return null
  const leftOut: LeftOut = {}
  const usualModel = conversation.default_model_slug ?? 'unknown model'
  const nodes = Object.entries(mapping).map(([nodeId, node]): SourceNode => {
    return {
      id: nodeId,
      parentId: node.parent ?? null,
      content: contentOf(node.message, usualModel, leftOut),
    }
  })
  const createdAt = secondsToTime(conversation.create_time)
  const lastActivityAt = secondsToTime(conversation.update_time) ?? createdAt
  const archivedAt = conversation.is_archived ? lastActivityAt : null
  const { title } = conversation
  const times = { createdAt, lastActivityAt, pinnedAt: null, archivedAt }
  const facts = { source: 'chatgpt', id, title: title ?? '', leftOut, ...times } as const
  return foreignConversation(facts, nodes, conversation.current_node)
}

/** What of a message comes along; NULL: nothing, which is counted unless nobody ever saw anything of it. */
function contentOf(value: unknown, usualModel: string, leftOut: LeftOut): SourceNode['content'] {
  if (value === null || value === undefined) return null
  const parsed = messageSchema.safeParse(value)
  if (!parsed.success) {
    countLeftOut(leftOut, 'unknown')
    return null
  }
  const message = parsed.data
  const { role } = message.author
  const own: LeftOut = {}
  const said = textOf(message, own)?.replaceAll(sourceMarks, '').trim()
  // A file of an image is named as both.
  if (!own.images) countLeftOut(own, 'attachments', message.metadata?.attachments?.length ?? 0)
  addLeftOut(leftOut, own)
  if (said === undefined) return null
  const text = said || (role === 'user' || role === 'assistant' ? standIn(own) : null) || ''
  if (role !== 'user' && role !== 'assistant') {
    // Every conversation begins with an empty one of the system's.
    if (text !== '') countLeftOut(leftOut, role === 'tool' ? 'tools' : 'instructions')
    return null
  }
  if (message.weight === 0 || message.metadata?.is_visually_hidden_from_conversation) {
    if (text !== '') countLeftOut(leftOut, 'hidden')
    return null
  }
  if (role === 'assistant' && message.recipient && message.recipient !== 'all') {
    countLeftOut(leftOut, 'tools')
    return null
  }
  if (text === '') {
    countLeftOut(leftOut, 'empty')
    return null
  }
  const model = message.metadata?.model_slug ?? usualModel
  return { role, text, createdAt: secondsToTime(message.create_time), model }
}

/** The text of a message by the kind of its content; undefined: it is none that is read, and is counted. */
function textOf({ content, author }: Message, leftOut: LeftOut): string | undefined {
  switch (content.content_type) {
    case 'text':
    case 'multimodal_text':
    case undefined:
    case null:
      return (content.parts ?? []).flatMap((part) => partText(part, leftOut) ?? []).join('\n\n')
    case 'code':
      return author.role === 'assistant' && content.text
        ? codeBlock(content.text, content.language)
        : (content.text ?? '')
    case 'thoughts':
    case 'reasoning_recap':
      countLeftOut(leftOut, 'reasoning')
      return undefined
    case 'user_editable_context':
    case 'model_editable_context':
      countLeftOut(leftOut, 'instructions')
      return undefined
    case 'execution_output':
    case 'system_error':
    case 'tether_quote':
    case 'tether_browsing_code':
    case 'tether_browsing_display':
    case 'sonic_webpage':
      countLeftOut(leftOut, 'tools')
      return undefined
    default:
      countLeftOut(leftOut, 'unknown')
      return undefined
  }
}

const partSchema = z.looseObject({ content_type: z.string().nullish(), text: z.string().nullish() })

function partText(part: unknown, leftOut: LeftOut): string | undefined {
  if (typeof part === 'string') return part
  const kind = partSchema.safeParse(part).data
  // What was said aloud comes as it was written down.
  if (kind?.content_type === 'audio_transcription' && kind.text) return kind.text
  if (kind?.content_type?.includes('image')) countLeftOut(leftOut, 'images')
  else if (kind?.content_type?.includes('audio')) countLeftOut(leftOut, 'audio')
  else countLeftOut(leftOut, 'unknown')
  return undefined
}
