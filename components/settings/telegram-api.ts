import { call } from '#components/chat/chat-api.ts'
import type { LinkOffer } from '#lib/chat/telegram-link.ts'

/** A new code that links a chat. Throws a RequestError when there is none to be had. */
export async function offerLink(): Promise<LinkOffer> {
  const response = await call('POST', '/api/telegram/codes')
  return (await response.json()) as LinkOffer
}

/** Throws a RequestError when the chat stays linked. */
export async function unlinkChat(chatId: string): Promise<void> {
  await call('DELETE', `/api/telegram/chats/${chatId}`)
}
