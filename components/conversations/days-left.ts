import { TRASH_DAYS } from '#lib/chat/limits.ts'

const DAY_MS = 86_400_000

/** How long what was deleted then can still be restored, in words. */
export function daysLeft(deletedAt: string, now: number): string {
  const days = Math.ceil((Date.parse(deletedAt) + TRASH_DAYS * DAY_MS - now) / DAY_MS)
  if (days <= 1) return 'Less than a day left'
  return `${Math.min(days, TRASH_DAYS)} days left`
}
