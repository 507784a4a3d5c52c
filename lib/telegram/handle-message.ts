import type { Message } from 'grammy/types'
import { isDatabaseUnavailable } from '#lib/db/database-errors.ts'
import { inTime } from '#lib/db/in-time.ts'
import { findTelegramChat, type TelegramChat } from '#lib/db/telegram-chats.ts'
import { type HeldUpdate, noteTelegramAnswer } from '#lib/db/telegram-updates.ts'
import { AppError } from '#lib/errors.ts'
import { log } from '#lib/log.ts'
import { toAppError } from '#lib/server/answer-errors.ts'
import { answerMessage } from './answer-message.ts'
import { AnswerOutlet } from './answer-outlet.ts'
import { explainLinking, linkChat } from './link-chat.ts'
import { looksLikeCode } from './link-code.ts'
import { type Incoming, readIncoming } from './read-incoming.ts'
import { runCommand } from './run-command.ts'
import { splitAnswer } from './split-answer.ts'
import { LeftForLater, type Telegram } from './telegram.ts'
import { isCallError } from './telegram-api.ts'

/** Answers a message, if it is for us: by an answer, by what a command has done, or by what kept it from that. */
export async function handleMessage(telegram: Telegram, held: HeldUpdate, message: Message): Promise<void> {
  const incoming = readIncoming(message, await telegram.me)
  if (!incoming) return
  const outlet = new AnswerOutlet({
    ...{ api: telegram.api, message, sentIds: held.sentIds },
    // Without the note the next one would send them again; without the answer there would be nothing.
    onSent: (sentIds) =>
      noteTelegramAnswer(held.id, { sentIds }).catch((error: unknown) =>
        log().warn({ error: String(error) }, 'what was sent to Telegram could not be noted'),
      ),
  })
  try {
    const chat = await inTime(findTelegramChat(BigInt(message.chat.id)))
    const said = chat
      ? await answerLinked(telegram, { outlet, chat, held, message, incoming })
      : await answerUnlinked(message, incoming)
    if (said !== null) await outlet.show(splitAnswer(said))
  } catch (error) {
    await outlet.show(splitAnswer(wordsFor(error)))
  }
}

interface LinkedMessage {
  outlet: AnswerOutlet
  chat: TelegramChat
  held: HeldUpdate
  message: Message
  incoming: Incoming
}

/** @returns what is left to say */
async function answerLinked(telegram: Telegram, linked: LinkedMessage): Promise<string | null> {
  const { outlet, chat, held, message, incoming } = linked
  if (incoming.kind === 'not_text') return 'Only text can be answered here.'
  if (incoming.kind === 'text') {
    await inTurn(telegram, message.chat.id, async () => {
      // What came before it may have begun a conversation.
      const current = await inTime(findTelegramChat(chat.id))
      if (current) await answerMessage(outlet, current, held, incoming.text)
    })
    return null
  }
  if (incoming.name === 'start' && incoming.argument !== '') return linkChat(message.chat, incoming.argument)
  return runCommand(chat, incoming.name, incoming.argument)
}

/** Nothing is paid for here: it is told how to link, or linked. */
async function answerUnlinked({ chat }: Message, incoming: Incoming): Promise<string> {
  if (incoming.kind === 'command' && incoming.name === 'start' && incoming.argument !== '')
    return linkChat(chat, incoming.argument)
  if (incoming.kind === 'text' && looksLikeCode(incoming.text)) return linkChat(chat, incoming.text)
  return explainLinking()
}

/** One after the other, since a conversation is answered one message at a time. */
async function inTurn(telegram: Telegram, chatId: number, work: () => Promise<void>): Promise<void> {
  const before = telegram.queues.get(chatId) ?? Promise.resolve()
  const mine = before.then(() => {
    if (telegram.stopping.signal.aborted) throw new LeftForLater()
    return work()
  })
  const settled = mine.catch(() => undefined)
  telegram.queues.set(chatId, settled)
  try {
    await mine
  } finally {
    if (telegram.queues.get(chatId) === settled) telegram.queues.delete(chatId)
  }
}

/** What a person is told of a failure; thrown on is what is better tried again, and what Telegram itself refused. */
function wordsFor(error: unknown): string {
  const isForLater = error instanceof AppError && error.code === 'shutting_down'
  if (isForLater) throw new LeftForLater()
  if (error instanceof LeftForLater || isCallError(error) || isDatabaseUnavailable(error)) throw error
  return toAppError(error).body.message
}
