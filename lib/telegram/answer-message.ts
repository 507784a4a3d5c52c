import type { GenerationView } from '#lib/chat/types.ts'
import type { TelegramChat } from '#lib/db/telegram-chats.ts'
import type { HeldUpdate } from '#lib/db/telegram-updates.ts'
import { AppError } from '#lib/errors.ts'
import { isDraining } from '#lib/server/drain.ts'
import type { AnswerOutlet } from './answer-outlet.ts'
import { deliverAnswer } from './deliver-answer.ts'
import { resumeTurn, startChatTurn } from './start-chat-turn.ts'
import { LeftForLater } from './telegram.ts'

/** Answers a message in a linked chat: "typing", then the answer as it is made. */
export async function answerMessage(
  outlet: AnswerOutlet,
  chat: TelegramChat,
  held: HeldUpdate,
  text: string,
): Promise<void> {
  outlet.type()
  try {
    const turn = await startChatTurn(chat, held, text)
    // Told to end by the server's own stop: whoever starts next goes on with it.
    const isCutByStop = (generation: GenerationView) => isDraining() && isBrokenOff(generation)
    const isRepeated = held.attempts > 1
    const isLeft = (generation: GenerationView) =>
      isCutByStop(generation) || (isRepeated && isBrokenOff(generation))
    let ended = await deliverAnswer(outlet, turn, isLeft)
    if (isBrokenOff(ended.generation) && isRepeated && !isDraining()) {
      const resumed = await resumeTurn(chat, held, turn, ended.generation).catch(only('not_continuable'))
      ended = await deliverAnswer(outlet, resumed ?? { ...turn, ...ended }, isCutByStop)
    }
    if (isCutByStop(ended.generation)) throw new LeftForLater()
  } finally {
    outlet.rest()
  }
}

/** Its server died or stopped, or its provider broke off. */
function isBrokenOff({ errorCode }: GenerationView): boolean {
  return errorCode === 'interrupted'
}

/** An answer that cannot be gone on with is shown as far as it came. */
function only(code: AppError['code']): (error: unknown) => null {
  return (error) => {
    if (error instanceof AppError && error.code === code) return null
    throw error
  }
}
