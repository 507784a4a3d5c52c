import type { LinkedChat, LinkOffer } from '#lib/chat/telegram-link.ts'
import { inTime } from '#lib/db/in-time.ts'
import { listTelegramChats, unlinkTelegramChat } from '#lib/db/telegram-chats.ts'
import { replaceTelegramCode } from '#lib/db/telegram-codes.ts'
import { AppError } from '#lib/errors.ts'
import { recordAudit } from '#lib/server/audit.ts'
import { makeLinkCode } from './link-code.ts'
import { currentTelegram } from './telegram.ts'

/** The person's linked chats; NULL where no bot is configured. */
export async function readLinkedChats(userId: string): Promise<LinkedChat[] | null> {
  return currentTelegram() ? inTime(listTelegramChats(userId)) : null
}

/**
 * Makes a code that links one chat, within ten minutes; the one before it holds no longer.
 *
 * @throws AppError not_found where no bot is configured
 */
export async function offerLink(userId: string): Promise<LinkOffer> {
  const telegram = currentTelegram()
  if (!telegram) throw new AppError('not_found', 'This Stoa has no Telegram bot.')
  const { code, hash } = makeLinkCode()
  const expiresAt = await inTime(replaceTelegramCode(userId, hash))
  const { username: bot } = telegram
  const link = bot && `https://t.me/${bot}?start=${code}`
  return { code, link, bot, expiresAt: expiresAt.toISOString() }
}

/**
 * Unlinks one of the person's chats: nothing more is answered there.
 *
 * @param chatId as it stands in a path
 * @param address where the request comes from
 * @throws AppError not_found
 */
export async function unlinkChat(
  person: { id: string; email: string },
  chatId: string,
  address: string,
): Promise<void> {
  const isId = /^-?\d{1,18}$/.test(chatId)
  const title = isId ? await inTime(unlinkTelegramChat(person.id, BigInt(chatId))) : null
  if (title === null) throw new AppError('not_found', 'This chat is not linked to your account.')
  await recordAudit({ action: 'telegram.unlinked', actor: person, subject: { name: title }, address })
}
