import { call, readBody } from '#components/chat/chat-api.ts'
import type { SummaryPage } from '#lib/chat/types.ts'

/** A model may take a minute, and then another one is asked. In ms. */
const REMAKE_PATIENCE_MS = 150_000

/** What the page asks of the server about a conversation's summary. Every call throws a RequestError. */
export const summaryApi = {
  /** Its versions, newest first; `before`: those before this one. */
  async list(conversationId: string, before: number | null = null): Promise<SummaryPage> {
    return readBody(await call('GET', pathOf(conversationId, before === null ? '' : `?before=${before}`)))
  },
  /** Stores what the person made of a version. */
  async edit(conversationId: string, text: string, version: number): Promise<SummaryPage> {
    return readBody(await call('POST', pathOf(conversationId), { body: { text, version } }))
  },
  /** Has a version hold again. */
  async restore(conversationId: string, version: number): Promise<SummaryPage> {
    return readBody(await call('POST', pathOf(conversationId, `/${version}/restore`), { body: {} }))
  },
  /** Has it written anew. */
  async remake(conversationId: string): Promise<SummaryPage> {
    const options = { body: {}, patienceMs: REMAKE_PATIENCE_MS }
    return readBody(await call('POST', pathOf(conversationId, '/remake'), options))
  },
}

function pathOf(conversationId: string, rest = ''): string {
  return `/api/conversations/${conversationId}/summaries${rest}`
}
