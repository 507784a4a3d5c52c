import type { Update } from 'grammy/types'
import {
  endTelegramUpdate,
  type HeldUpdate,
  releaseTelegramUpdate,
  takeTelegramUpdate,
} from '#lib/db/telegram-updates.ts'
import { log } from '#lib/log.ts'
import { handleMessage } from './handle-message.ts'
import { LeftForLater, type Telegram } from './telegram.ts'
import { describeCallError, isChatGone } from './telegram-api.ts'

/**
 * Takes an update in and begins to answer it; one that was taken before is left alone. Once this returns, Telegram may
 * forget the update: whatever becomes of this process, it is answered.
 *
 * @throws while it cannot be stored: Telegram has to send it again
 */
export async function takeUpdate(telegram: Telegram, update: Update): Promise<void> {
  const id = BigInt(update.update_id)
  const payload = JSON.stringify(update)
  if (await takeTelegramUpdate(id, payload)) {
    beginAnswering(telegram, { id, payload, conversationId: null, sentIds: [], attempts: 1 })
  }
}

/** Answers an update that this instance holds, in the background. */
export function beginAnswering(telegram: Telegram, held: HeldUpdate): void {
  if (telegram.answering.has(held.id)) return
  const done = answer(telegram, held).finally(() => telegram.answering.delete(held.id))
  telegram.answering.set(held.id, done)
}

async function answer(telegram: Telegram, held: HeldUpdate): Promise<void> {
  const updateId = String(held.id)
  try {
    const { message } = JSON.parse(held.payload) as Update
    if (message) await handleMessage(telegram, held, message)
    await endTelegramUpdate(held.id)
  } catch (error) {
    // Past its hold it is taken over, here or elsewhere.
    if (error instanceof LeftForLater) await releaseTelegramUpdate(held.id).catch(noteFault(updateId))
    else if (isChatGone(error)) await endTelegramUpdate(held.id).catch(noteFault(updateId))
    else noteFault(updateId)(error)
  }
}

function noteFault(updateId: string): (error: unknown) => void {
  return (error) =>
    log().error({ updateId, ...describeCallError(error) }, 'a message of Telegram could not be answered yet')
}
