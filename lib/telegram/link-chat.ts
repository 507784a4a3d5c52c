import type { Chat } from 'grammy/types'
import { inTime } from '#lib/db/in-time.ts'
import { linkTelegramChat } from '#lib/db/telegram-codes.ts'
import { env } from '#lib/env.ts'
import { recordAudit } from '#lib/server/audit.ts'
import { hashLinkCode } from './link-code.ts'

/** Links a chat by the code that was sent from it; what is said of that. */
export async function linkChat(chat: Chat, code: string): Promise<string> {
  const title = titleOf(chat)
  const owner = await inTime(linkTelegramChat(hashLinkCode(code), { chatId: BigInt(chat.id), title }))
  if (!owner)
    return 'This code is not valid: it may have been used, or be older than ten minutes. Make another one in the settings of Stoa, under Telegram.'
  await recordAudit({ action: 'telegram.linked', actor: owner, subject: { name: title } })
  const whose = chat.type === 'private' ? '' : ' What is asked here counts as yours.'
  return `This chat is linked to the account of ${owner.name}.${whose} Write something, or send /help.`
}

/** What somebody is told whose chat is linked to no account. */
export function explainLinking(): string {
  const { AUTH_URL } = env()
  const place = AUTH_URL ? ` (${new URL('/settings', AUTH_URL).href})` : ''
  return `This is a Stoa, an AI chat for people who have an account on it. To talk here, open its settings${place}, choose “Link a chat” under Telegram, and send me the code that it shows.`
}

function titleOf(chat: Chat): string {
  if (chat.type !== 'private') return chat.title ?? 'A group'
  const name = [chat.first_name, chat.last_name].filter(Boolean).join(' ')
  return chat.username ? `${name} (@${chat.username})` : name
}
