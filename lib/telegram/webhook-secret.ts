import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { env } from '#lib/env.ts'

/** What Telegram shows with every update that it sends: as configured, else derived from AUTH_SECRET. */
export function webhookSecret(): string {
  const { TELEGRAM_WEBHOOK_SECRET, AUTH_SECRET } = env()
  return (
    TELEGRAM_WEBHOOK_SECRET ??
    createHmac('sha256', AUTH_SECRET).update('stoa telegram webhook').digest('base64url')
  )
}

/** Whether a secret is ours, in a time that tells nothing of how much of it was right. */
export function isWebhookSecret(given: string | null): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given ?? ''), digest(webhookSecret()))
}
