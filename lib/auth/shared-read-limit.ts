import { type RateLimiterAbstract, RateLimiterRes } from 'rate-limiter-flexible'
import { isDatabaseUnavailable } from '#lib/db/database-errors.ts'
import { inTime } from '#lib/db/in-time.ts'
import { createRateLimiter } from '#lib/db/rate-limiter.ts'
import { requestAddress } from './request-address.ts'
import { digest } from './sign-in-limits.ts'

/** How many shared copies may be asked for in a minute from one place, which an office or a school class may share. */
export const SHARED_READS_PER_MINUTE = 120

let limiter: RateLimiterAbstract | undefined

/** Counts that a shared copy is asked for. Returns after how many seconds that may be; 0: now. */
export async function sharedReadWait(headers: Headers): Promise<number> {
  limiter ??= createRateLimiter({ name: 'shared-copy', points: SHARED_READS_PER_MINUTE, seconds: 60 })
  try {
    await inTime(limiter.consume(digest(requestAddress(headers))))
    return 0
  } catch (refusal) {
    if (refusal instanceof RateLimiterRes) return Math.max(1, Math.ceil(refusal.msBeforeNext / 1000))
    // The page says so itself.
    if (isDatabaseUnavailable(refusal)) return 0
    throw refusal
  }
}
