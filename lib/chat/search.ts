/** A text in pieces: those that are what was looked for, and what stands between them. Joined they are the text. */
export type MarkedText = { text: string; isMatch: boolean }[]

/** A place in a conversation where what was looked for stands. */
export interface SearchPassage {
  kind: 'message' | 'summary'
  /** NULL for a summary, and `role` too. */
  messageId: string | null
  role: 'user' | 'assistant' | null
  /** Of an answer: its persona, and the provider that is named with it; else NULL. */
  writer: { persona: string; provider: string } | null
  text: MarkedText
  at: string
}

/** A conversation that was found. */
export interface SearchResult {
  conversationId: string
  title: MarkedText
  persona: string
  pinned: boolean
  archived: boolean
  lastActivityAt: string
  /** Up to three, the best first; none when the title alone is what was looked for, or nothing was. */
  passages: SearchPassage[]
}

export interface SearchPage {
  results: SearchResult[]
  /** Pass as `cursor` to get the next page; NULL at the end. */
  nextCursor: string | null
}

/** What narrows a search; missing: both. */
export interface SearchFilters {
  persona?: string | undefined
  /** Passages from then on. */
  from?: Date | undefined
  /** Passages before then. */
  to?: Date | undefined
  pinned?: boolean | undefined
  archived?: boolean | undefined
}
