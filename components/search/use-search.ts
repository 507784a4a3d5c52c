'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import { asRequestError } from '#components/chat/chat-api.ts'
import type { SearchPage, SearchResult } from '#lib/chat/search.ts'
import { search } from './search-api.ts'

/** How long typing has to rest before the server is asked. */
const REST_MS = 120

export interface Search {
  /** Of the last query that was answered: they stay while the next one is asked. NULL: none was yet. */
  results: SearchResult[] | null
  /** Whether they are those of the query. */
  isCurrent: boolean
  /** Why the query could not be asked. */
  fault: string | null
  hasMore: boolean
  /** Reads the next page. Rejects when it cannot be read. */
  loadMore(): Promise<void>
  /** Asks once more. */
  retry(): void
}

interface Answer extends SearchPage {
  query: string
}

/** What a query of `GET /api/search` finds, asked for as it is typed. NULL: nothing is asked. */
export function useSearch(query: string | null): Search {
  const [answer, setAnswer] = useState<Answer | null>(null)
  const [failed, setFailed] = useState<{ query: string; fault: string } | null>(null)
  const [attempt, setAttempt] = useState(0)
  const wasAsked = useRef(false)

  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt asks the same again.
  useEffect(() => {
    if (query === null) return
    const abort = new AbortController()
    async function ask(asked: string) {
      try {
        const page = await search(new URLSearchParams(asked), abort.signal)
        setFailed(null)
        setAnswer({ ...page, query: asked })
      } catch (error) {
        if (abort.signal.aborted) return
        setFailed({ query: asked, fault: asRequestError(error).message })
      }
    }
    const timer = setTimeout(() => void ask(query), wasAsked.current ? REST_MS : 0)
    wasAsked.current = true
    return () => {
      clearTimeout(timer)
      abort.abort()
    }
  }, [query, attempt])

  const loadMore = useCallback(async () => {
    if (!answer?.nextCursor) return
    const next = new URLSearchParams(answer.query)
    next.set('cursor', answer.nextCursor)
    const page = await search(next, new AbortController().signal)
    const isSame = (now: Answer | null) => now?.nextCursor === answer.nextCursor && now.query === answer.query
    setAnswer((now) =>
      now && isSame(now)
        ? { ...now, results: [...now.results, ...page.results], nextCursor: page.nextCursor }
        : now,
    )
  }, [answer])

  return {
    results: answer?.results ?? null,
    isCurrent: answer !== null && answer.query === query,
    fault: failed && failed.query === query ? failed.fault : null,
    hasMore: answer?.nextCursor != null,
    loadMore,
    retry: () => setAttempt((count) => count + 1),
  }
}
