import { createHmac } from 'node:crypto'
import { isSameSecret } from '#lib/auth/secret-token.ts'
import { env } from '#lib/env.ts'

/** What Telegram shows with every update that it sends: as configured, else derived from AUTH_SECRET. */
export function webhookSecret(): string {
  const { TELEGRAM_WEBHOOK_SECRET, AUTH_SECRET } = env()
  return (
    TELEGRAM_WEBHOOK_SECRET ??
    createHmac('sha256', AUTH_SECRET).update('stoa telegram webhook').digest('base64url')
  )
}

/** Whether a secret is ours. */
export function isWebhookSecret(given: string | null): boolean {
  return isSameSecret(given ?? '', webhookSecret())
}
