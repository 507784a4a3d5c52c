import type { Update } from 'grammy/types'
import { z } from 'zod'
import { inTime } from '#lib/db/in-time.ts'
import { AppError } from '#lib/errors.ts'
import { isDraining } from '#lib/server/drain.ts'
import { readJson } from '#lib/server/read-json.ts'
import { turnErrors } from '#lib/server/turn-errors.ts'
import { takeUpdate } from './take-update.ts'
import { currentTelegram } from './telegram.ts'
import { isWebhookSecret } from './webhook-secret.ts'

/** As much of an update as is relied on before it is taken; the rest is Telegram's, who alone knows the secret. */
const updateSchema = z.custom<Update>(
  (value) => z.looseObject({ update_id: z.number().int() }).safeParse(value).success,
  'an update of Telegram',
)

/**
 * Takes the update that Telegram sends. It is answered later: Telegram waits for no answer, and would send again.
 *
 * @throws AppError not_found where no bot takes updates this way, wrong_secret, shutting_down, and as `readJson`
 */
export async function receiveUpdate(request: Request): Promise<void> {
  const telegram = currentTelegram()
  if (telegram?.mode !== 'webhook') throw new AppError('not_found', 'No Telegram bot takes updates here.')
  if (!isWebhookSecret(request.headers.get('x-telegram-bot-api-secret-token'))) {
    throw new AppError('wrong_secret', 'Only Telegram sends updates here: the secret is missing or wrong.')
  }
  if (isDraining()) throw turnErrors.shuttingDown()
  const update = await readJson(request, updateSchema)
  await inTime(takeUpdate(telegram, update))
}
