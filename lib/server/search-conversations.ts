import { parseSearch } from '#lib/chat/parse-search.ts'
import type { SearchFilters, SearchPage } from '#lib/chat/search.ts'
import { readSearchCursor, type SearchPlace, searchStageNames, writeSearchCursor } from './search-cursor.ts'
import { meantStages, type StageSearch, searchStages } from './search-stages.ts'
import { type StageHit, showHits } from './show-hits.ts'

const PAGE_SIZE = 20
/** With fewer results than that, words may have been mistyped. */
const LITTLE = 5

export interface SearchRequest {
  query: string
  filters: SearchFilters
  /** The `nextCursor` of the page before. */
  cursor?: string | undefined
}

/**
 * A page of the person's conversations in which something stands: those that have it in their title, then those with whole
 * words of it, then those with words that begin so, each newest first; when these are few, also those with words that look
 * like it. Without a query, those that pass the filters.
 *
 * @throws AppError invalid_request for a cursor that is none
 */
export async function searchConversations(
  userId: string,
  { query, filters, cursor }: SearchRequest,
): Promise<SearchPage> {
  const terms = parseSearch(query)
  const place = cursor === undefined ? null : readSearchCursor(cursor)
  const scope = { userId, filters, place }
  const found = await findIn(searchStages(userId, terms), scope, [])
  const isLittle = place ? place.stage.startsWith('meant') : found.length < LITTLE
  const hits = isLittle ? await findIn(await meantStages(userId, terms), scope, found) : found
  const page = hits.slice(0, PAGE_SIZE)
  const last = page.at(-1)
  return {
    results: await showHits(page, filters),
    nextCursor: hits.length > PAGE_SIZE && last ? writeSearchCursor({ ...last, stage: last.in.stage }) : null,
  }
}

interface PageScope {
  userId: string
  filters: SearchFilters
  place: SearchPlace | null
}

/** What was found, and what stages find beyond it: up to one more than a page, and nothing from before the place. */
async function findIn(stages: StageSearch[], scope: PageScope, found: StageHit[]): Promise<StageHit[]> {
  const { userId, filters, place } = scope
  const hits = [...found]
  const begin = place ? searchStageNames.indexOf(place.stage) : 0
  for (const stage of stages.filter(({ stage }) => searchStageNames.indexOf(stage) >= begin)) {
    const limit = PAGE_SIZE + 1 - hits.length
    if (limit <= 0) break
    const after = place?.stage === stage.stage ? place : null
    const more = await stage.find({ userId, filters, after, limit })
    hits.push(...more.map((hit) => ({ ...hit, in: stage })))
  }
  return hits
}
