import type { StoredTurn } from '#lib/db/generations.ts'
import { countRecentTurns } from '#lib/db/recent-turns.ts'
import { env } from '#lib/env.ts'
import { settledAnswer } from './api-answer.ts'
import { apiJson } from './api-json.ts'
import { apiStream } from './api-stream.ts'

/** A turn that was started through the API: its stream, or its answer once that has ended. */
export async function apiAnswerResponse(
  request: Request,
  turn: StoredTurn,
  { userId, tokenId, stream }: { userId: string; tokenId: string | null; stream: boolean },
): Promise<Response> {
  const headers = { ...(await rateLimitHeaders(userId)), 'x-conversation-id': turn.conversationId }
  if (stream) return apiStream(turn, { userId, tokenId, headers })
  return apiJson(request, await settledAnswer(turn), { headers })
}

/** How many turns are left in this minute (draft-ietf-httpapi-ratelimit-headers-10). */
async function rateLimitHeaders(userId: string): Promise<Record<string, string>> {
  const quota = env().RATE_LIMIT_PER_MINUTE
  const { turns, seconds } = await countRecentTurns(userId)
  return {
    'ratelimit-policy': `"turns";q=${quota};w=60`,
    ratelimit: `"turns";r=${Math.max(0, quota - turns)};t=${seconds}`,
  }
}
