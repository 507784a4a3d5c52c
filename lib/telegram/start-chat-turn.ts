import type { GenerationView } from '#lib/chat/types.ts'
import type { StoredTurn } from '#lib/db/generations.ts'
import { inTime } from '#lib/db/in-time.ts'
import { findLastAnswer } from '#lib/db/messages.ts'
import { type TelegramChat, updateTelegramChat } from '#lib/db/telegram-chats.ts'
import { type HeldUpdate, noteTelegramAnswer } from '#lib/db/telegram-updates.ts'
import { offeredChoice, preferredChoice } from '#lib/server/preferred-choice.ts'
import { startTurn } from '#lib/server/start-turn.ts'
import { telegramIds } from './telegram-ids.ts'

/**
 * Starts the turn of a message in a linked chat, in its conversation or a new one. The same update again is the same turn.
 *
 * @throws AppError as `startTurn`
 */
export async function startChatTurn(chat: TelegramChat, held: HeldUpdate, text: string): Promise<StoredTurn> {
  const { userId } = chat
  const ids = telegramIds(chat.id, held.id)
  const conversationId = held.conversationId ?? chat.conversationId ?? ids.conversationId
  if (held.conversationId === null) await inTime(noteTelegramAnswer(held.id, { conversationId }))
  const found = await inTime(findLastAnswer(userId, conversationId))
  const turn = await startTurn(userId, {
    ...{ conversationId, parentId: found?.answerId ?? null, message: { id: ids.messageId, text } },
    ...(!found && (await choicesFor(chat))),
  })
  if (chat.conversationId !== conversationId) await inTime(updateTelegramChat(chat, { conversationId }))
  return turn
}

/**
 * Goes on with an answer that broke off with its server, once: the rest of it, or all of it where nothing was written.
 * On the page a person is asked; here nobody could.
 *
 * @throws AppError as `startTurn`, among them not_continuable
 */
export async function resumeTurn(
  chat: TelegramChat,
  held: HeldUpdate,
  turn: StoredTurn,
  ended: GenerationView,
): Promise<StoredTurn> {
  const ids = telegramIds(chat.id, held.id)
  const { conversationId, answerId, userMessageId: parentId } = turn
  const request =
    ended.status === 'failed'
      ? { conversationId, parentId, answerId: ids.secondAnswerId }
      : { conversationId, answerId, generationId: ids.continuationId }
  return startTurn(chat.userId, request)
}

/** What a new conversation begins with: as was chosen in the chat, else as the person prefers, where that is still on offer. */
export async function choicesFor(
  chat: TelegramChat,
): Promise<Pick<TelegramChat, 'intensity' | 'model'> & { persona?: string }> {
  const preferred = await preferredChoice(chat.userId)
  const chosen = await offeredChoice(chat)
  const persona = chosen.persona ?? preferred.persona
  return {
    ...{ intensity: chat.intensity, model: chosen.model ?? preferred.model },
    ...(persona && { persona }),
  }
}
