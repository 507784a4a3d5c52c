import type { StoredTurn } from '#lib/db/generations.ts'
import { settledAnswer } from './api-answer.ts'
import { apiJson } from './api-json.ts'
import { apiStream } from './api-stream.ts'
import { rateLimitHeaders } from './rate-limit-headers.ts'
import { whileTokenHolds } from './when-revoked.ts'

/**
 * A turn that was started through the API: its stream, or its answer once that has ended.
 *
 * @throws FailedAnswer, and AppError invalid_token when the token does not hold that long; the answer goes on
 */
export async function apiAnswerResponse(
  request: Request,
  turn: StoredTurn,
  { userId, tokenId, stream }: { userId: string; tokenId: string | null; stream: boolean },
): Promise<Response> {
  const headers = { ...(await rateLimitHeaders(userId)), 'x-conversation-id': turn.conversationId }
  if (stream) return apiStream(turn, { userId, tokenId, headers })
  return apiJson(request, await whileTokenHolds(tokenId, settledAnswer(turn)), { headers })
}
