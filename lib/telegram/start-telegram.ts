import { type Api, GrammyError } from 'grammy'
import type { UserFromGetMe } from 'grammy/types'
import {
  deleteOldTelegramUpdates,
  HOLD_SECONDS,
  holdTelegramUpdates,
  takeOverTelegramUpdates,
} from '#lib/db/telegram-updates.ts'
import { env } from '#lib/env.ts'
import { log } from '#lib/log.ts'
import { drainAlso } from '#lib/server/drain.ts'
import { pollUpdates } from './poll-updates.ts'
import { chatCommands } from './run-command.ts'
import { beginAnswering } from './take-update.ts'
import { currentTelegram, setTelegram, type Telegram } from './telegram.ts'
import { createTelegramApi, describeCallError } from './telegram-api.ts'
import { webhookSecret } from './webhook-secret.ts'

const LOOK_MS = (HOLD_SECONDS * 1000) / 3
const TIDY_MS = 3_600_000

/** Starts the bot, when one is configured: in the background, since Telegram may not be there at the moment. */
export function startTelegram(): Telegram | undefined {
  const { TELEGRAM_BOT_TOKEN, TELEGRAM_API_ROOT, TELEGRAM_MODE } = env()
  if (TELEGRAM_BOT_TOKEN === undefined || currentTelegram()) return currentTelegram()
  const stopping = new AbortController()
  const api = createTelegramApi(TELEGRAM_BOT_TOKEN, TELEGRAM_API_ROOT)
  const telegram: Telegram = {
    ...{ api, stopping, mode: TELEGRAM_MODE, username: null },
    ...{ answering: new Map(), looking: new Map(), asking: new Map(), me: askName(api) },
  }
  setTelegram(telegram)
  const timers = [setInterval(() => void look(telegram), LOOK_MS), setInterval(() => void tidy(), TIDY_MS)]
  drainAlso({
    stop() {
      for (const timer of timers) clearInterval(timer)
      stopping.abort()
    },
    done: () => Promise.all(telegram.answering.values()).then(() => undefined),
  })
  connect(telegram).catch((error: unknown) =>
    log().error(describeCallError(error), 'the Telegram bot could not be started'),
  )
  return telegram
}

async function connect(telegram: Telegram): Promise<void> {
  const { api, mode } = telegram
  const { username } = await telegram.me
  telegram.username = username
  void look(telegram)
  api
    .setMyCommands(chatCommands)
    .catch((error: unknown) => log().warn(describeCallError(error), 'Telegram does not show the commands'))
  if (mode === 'polling') return pollUpdates(telegram)
  const { AUTH_URL } = env()
  if (AUTH_URL === undefined) {
    return log().warn(
      'Telegram does not know where to send updates: set AUTH_URL to the public address, or TELEGRAM_MODE=polling',
    )
  }
  await api.setWebhook(new URL('/api/telegram', AUTH_URL).href, {
    secret_token: webhookSecret(),
    allowed_updates: ['message'],
  })
  log().info('Telegram sends its updates to /api/telegram')
}

/** As long as Telegram cannot be reached it is asked again; one that does not know the token is not. */
async function askName(api: Api): Promise<UserFromGetMe> {
  for (;;) {
    try {
      return await api.getMe()
    } catch (error) {
      if (error instanceof GrammyError && error.error_code < 500) throw error
      log().warn(describeCallError(error), 'Telegram could not be asked for the name of the bot yet')
    }
  }
}

/** Says that what is answered here still is, and takes over what nobody answers any more. */
async function look(telegram: Telegram): Promise<void> {
  try {
    const ids = [...telegram.answering.keys()]
    if (ids.length > 0) await holdTelegramUpdates(ids)
    for (const held of await takeOverTelegramUpdates()) beginAnswering(telegram, held)
  } catch (error) {
    log().warn({ error: String(error) }, 'unanswered messages of Telegram could not be looked for')
  }
}

async function tidy(): Promise<void> {
  await deleteOldTelegramUpdates().catch((error: unknown) =>
    log().warn({ error: String(error) }, 'old updates of Telegram could not be deleted'),
  )
}
