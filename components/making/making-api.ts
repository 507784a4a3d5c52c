import { call, readBody } from '#components/chat/chat-api.ts'
import type { GenerationMaking } from '#lib/chat/generation-making.ts'

/**
 * How an answer was made. Throws a RequestError.
 *
 * @param generationId by which of its runs; NULL: the last
 */
export async function readMaking(
  conversationId: string,
  messageId: string,
  generationId: string | null,
): Promise<GenerationMaking> {
  const query = generationId === null ? '' : `?generation=${generationId}`
  return readBody(
    await call('GET', `/api/conversations/${conversationId}/messages/${messageId}/making${query}`),
  )
}
