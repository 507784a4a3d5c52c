import { setTimeout as wait } from 'node:timers/promises'
import { Api, GrammyError, HttpError, type Transformer } from 'grammy'

/** How long a call may take, in seconds: longer than a long poll waits. */
const CALL_TIMEOUT_SECONDS = 60
const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 30_000
/** With pauses that grow to half a minute these are a quarter of an hour. */
const MOST_TRIES = 35

/**
 * Calls to Telegram that wait as long as it says (429), and are tried again when it cannot be reached or is out of order.
 * A message whose sending broke off may have arrived: then it is there twice, rather than not at all.
 */
export function createTelegramApi(token: string, apiRoot: string): Api {
  const api = new Api(token, { apiRoot, timeoutSeconds: CALL_TIMEOUT_SECONDS })
  api.config.use(obedient())
  return api
}

function obedient(): Transformer {
  /** Until when nothing may be sent to a chat, by `performance.now()`. */
  const restUntil = new Map<string, number>()

  return async (prev, method, payload, signal) => {
    const chat = 'chat_id' in payload ? String(payload.chat_id) : ''
    // Whoever polls has a rhythm of their own.
    if (method === 'getUpdates') return prev(method, payload, signal)
    for (let tries = 1; ; tries++) {
      for (let rest = left(restUntil, chat); rest > 0; rest = left(restUntil, chat)) {
        await wait(rest)
      }
      const isLast = tries >= MOST_TRIES
      try {
        const result = await prev(method, payload, signal)
        if (result.ok) return result
        const { error_code: code, parameters } = result
        if (isLast || (code !== 429 && code < 500)) return result
        const seconds = parameters?.retry_after
        restUntil.set(chat, performance.now() + (seconds === undefined ? pauseAfter(tries) : seconds * 1000))
      } catch (error) {
        if (isLast || signal?.aborted) throw error
        await wait(pauseAfter(tries))
      }
    }
  }
}

function left(restUntil: Map<string, number>, chat: string): number {
  const rest = (restUntil.get(chat) ?? 0) - performance.now()
  if (rest <= 0) restUntil.delete(chat)
  return rest
}

function pauseAfter(tries: number): number {
  return Math.min(FIRST_PAUSE_MS * 2 ** (tries - 1), LONGEST_PAUSE_MS)
}

/** What may be logged of a failed call: never its payload, which holds what people wrote, nor its address, which holds the token. */
export function describeCallError(error: unknown): Record<string, string | number> {
  if (error instanceof GrammyError) {
    const { method, error_code: code, description } = error
    // Of a message it can quote what is in it.
    return {
      ...{ fault: 'refused by Telegram', method, code },
      ...(method === 'setWebhook' && { why: description }),
    }
  }
  if (error instanceof HttpError) return { fault: 'Telegram could not be reached' }
  return { fault: error instanceof Error ? error.name : 'unknown' }
}

/** Whether Telegram refused a call with 400, for a reason in these words. */
export function isRefusal(error: unknown, words: RegExp): boolean {
  return error instanceof GrammyError && error.error_code === 400 && words.test(error.description)
}

/** Whether the chat is there for us no longer: it blocked the bot, threw it out, or is gone. */
export function isChatGone(error: unknown): boolean {
  return (
    error instanceof GrammyError &&
    (error.error_code === 403 || isRefusal(error, /chat not found|chat was upgraded|not enough rights/i))
  )
}

/** Whether it was a call to Telegram that failed. */
export function isCallError(error: unknown): boolean {
  return error instanceof GrammyError || error instanceof HttpError
}
