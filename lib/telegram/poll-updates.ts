import { setTimeout as wait } from 'node:timers/promises'
import { GrammyError } from 'grammy'
import { tryAdvisoryLock } from '#lib/db/advisory-lock.ts'
import { log } from '#lib/log.ts'
import { takeUpdate } from './take-update.ts'
import type { Telegram } from './telegram.ts'
import { describeCallError } from './telegram-api.ts'

/** Whichever instance holds it asks Telegram for updates. */
const POLLING_LOCK = 7_864_702
/** How often an instance that does not hold it tries to get it, in ms. */
const TRY_AGAIN_MS = 2_000
/** How long Telegram keeps a request open for news, in seconds. */
const LONG_POLL_SECONDS = 30

/** Asks Telegram for updates as long as this process lives and no other one of Stoa's does. */
export async function pollUpdates(telegram: Telegram): Promise<void> {
  const { signal } = telegram.stopping
  while (!signal.aborted) {
    try {
      await pollWithLock(telegram)
    } catch (error) {
      if (signal.aborted) return
      log().warn(describeCallError(error), 'updates of Telegram could not be had yet')
    }
    await wait(TRY_AGAIN_MS, undefined, { signal }).catch(() => undefined)
  }
}

async function pollWithLock(telegram: Telegram): Promise<void> {
  const lock = await tryAdvisoryLock(POLLING_LOCK)
  if (!lock) return
  const stopped = new AbortController()
  const stop = () => stopped.abort()
  telegram.stopping.signal.addEventListener('abort', stop, { once: true })
  void lock.lost.then(stop)
  try {
    // While a webhook is set Telegram refuses to be asked.
    await telegram.api.deleteWebhook()
    log().info('this instance asks Telegram for updates')
    await poll(telegram, stopped.signal)
  } finally {
    telegram.stopping.signal.removeEventListener('abort', stop)
    await lock.release()
  }
}

async function poll(telegram: Telegram, signal: AbortSignal): Promise<void> {
  const stopped = new Promise<null>((resolve) => {
    signal.addEventListener('abort', () => resolve(null), { once: true })
  })
  let offset = 0
  while (!signal.aborted) {
    const request = { offset, timeout: LONG_POLL_SECONDS, allowed_updates: ['message'] as const }
    // What is still asked when this instance stops is not confirmed: Telegram tells it to the next one again.
    const asked = telegram.api.getUpdates(request).catch((error: unknown) => restAfter(error, signal))
    const updates = await Promise.race([asked, stopped])
    for (const update of updates ?? []) {
      await takeUpdate(telegram, update)
      // Asking from here on tells Telegram that everything before is taken.
      offset = update.update_id + 1
    }
  }
}

/** Waits as long as Telegram says, with the lock: another instance would only ask in its place. */
async function restAfter(error: unknown, signal: AbortSignal): Promise<null> {
  const seconds = error instanceof GrammyError ? error.parameters.retry_after : undefined
  if (seconds === undefined) throw error
  await wait(seconds * 1000, undefined, { signal }).catch(() => undefined)
  return null
}
