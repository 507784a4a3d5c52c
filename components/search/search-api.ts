import { call, readBody } from '#components/chat/chat-api.ts'
import type { SearchPage } from '#lib/chat/search.ts'

/**
 * A page of what a query finds.
 *
 * @throws RequestError, or an AbortError when the signal says so
 */
export async function search(query: URLSearchParams, signal: AbortSignal): Promise<SearchPage> {
  return readBody(await call('GET', `/api/search?${query}`, { signal }))
}
