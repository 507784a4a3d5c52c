import { z } from 'zod'
import { codeBlock } from './code-block.ts'
import { foreignConversation } from './foreign-conversation.ts'
import type { SourceNode } from './grow-turns.ts'
import { textToTime } from './import-times.ts'
import {
  addLeftOut,
  countLeftOut,
  type ImportedConversation,
  type LeftOut,
  standIn,
} from './imported-conversation.ts'

const attachmentSchema = z.looseObject({
  file_name: z.string().nullish(),
  extracted_content: z.string().nullish(),
})

const messageSchema = z.looseObject({
  uuid: z.string(),
  sender: z.string(),
  text: z.string().nullish(),
  content: z.array(z.unknown()).nullish(),
  created_at: z.string().nullish(),
  parent_message_uuid: z.string().nullish(),
  attachments: z.array(attachmentSchema).nullish(),
  files: z.array(z.unknown()).nullish(),
  files_v2: z.array(z.unknown()).nullish(),
})

/** What matters of a conversation in Claude's export; everything else in it may change. */
const conversationSchema = z.looseObject({
  uuid: z.string(),
  name: z.string().nullish(),
  model: z.string().nullish(),
  created_at: z.string().nullish(),
  updated_at: z.string().nullish(),
  is_starred: z.boolean().nullish(),
  current_leaf_message_uuid: z.string().nullish(),
  chat_messages: z.array(z.unknown()),
})

type Message = z.infer<typeof messageSchema>

/** Whether a value is a conversation as Claude exports it. */
export function isClaudeConversation(value: object): boolean {
  return 'chat_messages' in value
}

/**
 * Reads a conversation of Claude's export. Newer ones name the message that each follows; in older ones each follows the
 * one before it.
 *
 * @returns NULL when it has not the shape
 * @throws ConversationTooLarge
 */
export function readClaudeConversation(value: unknown): ImportedConversation | null {
  const parsed = conversationSchema.safeParse(value)
  if (!parsed.success) return null
  const { chat_messages: given, ...conversation } = parsed.data
  const leftOut: LeftOut = {}
  const messages = given.flatMap((each) => messageSchema.safeParse(each).data ?? [])
  countLeftOut(leftOut, 'unknown', given.length - messages.length)
  const isTree = messages.some(({ parent_message_uuid }) => parent_message_uuid)
  const model = conversation.model ?? 'unknown model'
  const nodes = messages.map((message, index): SourceNode => {
    const before = messages[index - 1]?.uuid ?? null
    const parentId = isTree ? (message.parent_message_uuid ?? null) : before
    return { id: message.uuid, parentId, content: contentOf(message, model, leftOut) }
  })
  const createdAt = textToTime(conversation.created_at)
  const lastActivityAt = textToTime(conversation.updated_at) ?? createdAt
  const times = { createdAt, lastActivityAt, pinnedAt: conversation.is_starred ? lastActivityAt : null }
  const { uuid: id, name } = conversation
  const facts = { source: 'claude', id, title: name ?? '', leftOut, ...times, archivedAt: null } as const
  return foreignConversation(facts, nodes, conversation.current_leaf_message_uuid)
}

function contentOf(message: Message, model: string, leftOut: LeftOut): SourceNode['content'] {
  const role = ({ human: 'user', user: 'user', assistant: 'assistant' } as const)[message.sender]
  if (!role) {
    countLeftOut(leftOut, message.sender === 'tool' ? 'tools' : 'instructions')
    return null
  }
  const own: LeftOut = {}
  const said = [...blocksOf(message, own), ...attachmentsOf(message, own)].join('\n\n').trim()
  addLeftOut(leftOut, own)
  const text = said || (standIn(own) ?? '')
  if (text === '') {
    countLeftOut(leftOut, 'empty')
    return null
  }
  return { role, text, createdAt: textToTime(message.created_at), model }
}

const blockSchema = z.looseObject({
  type: z.string(),
  text: z.string().nullish(),
  name: z.string().nullish(),
  input: z
    .looseObject({
      title: z.string().nullish(),
      language: z.string().nullish(),
      content: z.string().nullish(),
    })
    .nullish()
    .catch(null),
})

/** What the blocks of a message say; of a message without blocks its text. */
function blocksOf({ content, text }: Message, leftOut: LeftOut): string[] {
  const blocks = (content ?? []).flatMap((block) => blockText(block, leftOut) ?? [])
  // Where there are blocks of text, `text` says the same in the words of whoever cannot show the others.
  return blocks.length > 0 ? blocks : (text ?? '').trim() === '' ? [] : [text ?? '']
}

function blockText(value: unknown, leftOut: LeftOut): string | undefined {
  const block = blockSchema.safeParse(value).data
  switch (block?.type) {
    case 'text':
      return block.text?.trim() || undefined
    case 'thinking':
    case 'redacted_thinking':
      countLeftOut(leftOut, 'reasoning')
      return undefined
    case 'tool_use':
      return artifactText(block) ?? skipped('tools')
    case 'tool_result':
      return skipped('tools')
    case 'image':
      return skipped('images')
    // What is left of the model's own counting.
    case 'token_budget':
    case 'flag':
      return undefined
    default:
      return skipped('unknown')
  }

  function skipped(kind: 'tools' | 'images' | 'unknown'): undefined {
    countLeftOut(leftOut, kind)
  }
}

/** A document that the model wrote beside the conversation comes into it; what changes parts of one does not. */
function artifactText({ name, input }: z.infer<typeof blockSchema>): string | undefined {
  if (name !== 'artifacts' || !input?.content) return undefined
  const title = input.title ? `**${input.title}**\n\n` : ''
  return `${title}${codeBlock(input.content, input.language)}`
}

/** What was read out of attached files when they were sent; the files themselves are in no export. */
function attachmentsOf({ attachments, files, files_v2 }: Message, leftOut: LeftOut): string[] {
  // The newer list names what the older one does.
  countLeftOut(leftOut, 'images', Math.max(files?.length ?? 0, files_v2?.length ?? 0))
  return (attachments ?? []).flatMap(({ file_name, extracted_content }) => {
    if (extracted_content) return `**${file_name || 'Attachment'}**\n\n${codeBlock(extracted_content)}`
    countLeftOut(leftOut, 'attachments')
    return []
  })
}
