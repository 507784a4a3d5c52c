import { inTime } from '#lib/db/in-time.ts'
import { countRecentTurns } from '#lib/db/recent-turns.ts'
import { env } from '#lib/env.ts'
import { log } from '#lib/log.ts'

/**
 * How many turns are left in this minute (draft-ietf-httpapi-ratelimit-headers-10). Of a turn that has begun: where this cannot
 * be read it is left out, since whoever was refused for it would send the message again.
 */
export async function rateLimitHeaders(userId: string): Promise<Record<string, string>> {
  const quota = env().RATE_LIMIT_PER_MINUTE
  try {
    const { turns, seconds } = await inTime(countRecentTurns(userId))
    return {
      'ratelimit-policy': `"turns";q=${quota};w=60`,
      ratelimit: `"turns";r=${Math.max(0, quota - turns)};t=${seconds}`,
    }
  } catch (error) {
    log().warn({ error: String(error) }, 'turns of the last minute could not be counted')
    return {}
  }
}
