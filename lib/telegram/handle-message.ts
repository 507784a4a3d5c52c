import type { Message } from 'grammy/types'
import { isDatabaseUnavailable } from '#lib/db/database-errors.ts'
import { inTime } from '#lib/db/in-time.ts'
import { findTelegramChat } from '#lib/db/telegram-chats.ts'
import { type HeldUpdate, noteTelegramAnswer } from '#lib/db/telegram-updates.ts'
import { AppError } from '#lib/errors.ts'
import { log } from '#lib/log.ts'
import { toAppError } from '#lib/server/answer-errors.ts'
import { answerMessage } from './answer-message.ts'
import { AnswerOutlet } from './answer-outlet.ts'
import { inTurn } from './in-turn.ts'
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
    const chatId = message.chat.id
    const reply = await inTurn(telegram.looking, chatId, () => {
      requireRunning(telegram)
      return look(message, incoming)
    })
    if ('said' in reply) return await outlet.show(splitAnswer(reply.said))
    await inTurn(telegram.asking, chatId, async () => {
      requireRunning(telegram)
      // An answer before it may have begun a conversation.
      const chat = await inTime(findTelegramChat(BigInt(chatId)))
      if (chat) await answerMessage(outlet, chat, held, reply.asked)
    })
  } catch (error) {
    await outlet.show(splitAnswer(wordsFor(error)))
  }
}

function requireRunning({ stopping }: Telegram): void {
  if (stopping.signal.aborted) throw new LeftForLater()
}

/** Does what is asked for, unless that is to put something to a model. */
async function look(message: Message, incoming: Incoming): Promise<{ said: string } | { asked: string }> {
  const chat = await inTime(findTelegramChat(BigInt(message.chat.id)))
  if (!chat) return { said: await answerUnlinked(message, incoming) }
  if (incoming.kind === 'not_text') return { said: 'Only text can be answered here.' }
  if (incoming.kind === 'text') return { asked: incoming.text }
  const { name, argument } = incoming
  const isLinking = name === 'start' && argument !== ''
  return { said: await (isLinking ? linkChat(message.chat, argument) : runCommand(chat, name, argument)) }
}

/** Nothing is paid for here: it is told how to link, or linked. */
async function answerUnlinked({ chat }: Message, incoming: Incoming): Promise<string> {
  if (incoming.kind === 'command' && incoming.name === 'start' && incoming.argument !== '')
    return linkChat(chat, incoming.argument)
  if (incoming.kind === 'text' && looksLikeCode(incoming.text)) return linkChat(chat, incoming.text)
  return explainLinking()
}

/** What a person is told of a failure; thrown on is what is better tried again, and what Telegram itself refused. */
function wordsFor(error: unknown): string {
  const isForLater = error instanceof AppError && error.code === 'shutting_down'
  if (isForLater) throw new LeftForLater()
  if (error instanceof LeftForLater || isCallError(error) || isDatabaseUnavailable(error)) throw error
  return toAppError(error).body.message
}
