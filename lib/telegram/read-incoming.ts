import type { Message, UserFromGetMe } from 'grammy/types'
import { sentText } from '#lib/chat/commands.ts'

/** What a message of Telegram asks for. */
export type Incoming =
  | { kind: 'command'; name: string; argument: string }
  | { kind: 'text'; text: string }
  /** A picture, a voice or the like. */
  | { kind: 'not_text' }

const command = /^\/([a-z0-9_]{1,32})(?:@(\w+))?(?:\s+([\s\S]*))?$/i

const media = ['photo', 'voice', 'audio', 'video', 'video_note', 'document', 'sticker', 'animation'] as const

/**
 * Reads a message. NULL: it is not for us. In a group only what names us or replies to us is; what else is said there is
 * nobody's business but the group's.
 */
export function readIncoming(message: Message, me: Pick<UserFromGetMe, 'id' | 'username'>): Incoming | null {
  if (message.from?.is_bot || message.chat.type === 'channel') return null
  const isPrivate = message.chat.type === 'private'
  const isReply = message.reply_to_message?.from?.id === me.id
  const text = message.text?.trim()
  if (!text) return isPrivate && media.some((kind) => message[kind]) ? { kind: 'not_text' } : null

  const [whole, name = '', addressee, argument = ''] = command.exec(text) ?? []
  if (whole !== undefined) {
    const isNamed = addressee?.toLowerCase() === me.username.toLowerCase()
    if (addressee !== undefined ? !isNamed : !isPrivate && !isReply) return null
    return { kind: 'command', name: name.toLowerCase(), argument: argument.trim() }
  }
  if (!isPrivate && !isReply && !mentions(message, me)) return null
  const said = isPrivate ? text : withoutName(text, me.username)
  return said === '' ? null : { kind: 'text', text: sentText(said) }
}

function mentions(
  { text = '', entities = [] }: Message,
  me: Pick<UserFromGetMe, 'id' | 'username'>,
): boolean {
  return entities.some((entity) => {
    if (entity.type === 'text_mention') return entity.user.id === me.id
    const named = text.slice(entity.offset, entity.offset + entity.length).toLowerCase()
    return entity.type === 'mention' && named === `@${me.username.toLowerCase()}`
  })
}

function withoutName(text: string, username: string): string {
  return text.replaceAll(new RegExp(`@${username}\\b[,:]?\\s*`, 'gi'), '').trim()
}
