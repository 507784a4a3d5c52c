import { cutPassage } from '#lib/chat/cut-passage.ts'
import { markText } from '#lib/chat/mark-text.ts'
import type { SearchTerm } from '#lib/chat/parse-search.ts'
import type { SearchFilters, SearchPassage, SearchResult } from '#lib/chat/search.ts'
import {
  type FoundPassage,
  readFoundConversations,
  readFoundPassages,
  type SearchHit,
} from '#lib/db/search.ts'
import type { StageSearch } from './search-stages.ts'

/** How many passages are shown of a conversation, and among how many of its newest they are chosen. */
const SHOWN = 3
const READ = 4

export type StageHit = SearchHit & { in: StageSearch }

/** What was found as it is shown, in the same order: each conversation with its best passages. */
export async function showHits(hits: StageHit[], filters: SearchFilters): Promise<SearchResult[]> {
  const [conversations, passages] = await Promise.all([
    readFoundConversations(hits.map(({ conversationId }) => conversationId)),
    readPassages(hits, filters),
  ])
  return hits.flatMap(({ conversationId, in: { terms } }) => {
    const found = conversations.find(({ id }) => id === conversationId)
    if (!found) return []
    const { id, title, lastActivityAt, ...rest } = found
    const own = passages.filter((passage) => passage.conversationId === id)
    return {
      conversationId: id,
      title: markText(title, terms),
      ...rest,
      lastActivityAt: lastActivityAt.toISOString(),
      passages: bestPassages(own, terms),
    }
  })
}

async function readPassages(hits: StageHit[], filters: SearchFilters): Promise<FoundPassage[]> {
  const byStage = Map.groupBy(hits, (hit) => hit.in)
  const read = [...byStage].map(async ([{ query }, found]) => {
    if (!query) return []
    const ids = found.map(({ conversationId }) => conversationId)
    return readFoundPassages(ids, query, filters, READ)
  })
  return (await Promise.all(read)).flat()
}

/** Those that show most of what was looked for, and of equal ones the newest; of one turn the question before its answer. */
function bestPassages(passages: FoundPassage[], terms: SearchTerm[]): SearchPassage[] {
  return passages
    .flatMap(({ id, kind, role, persona, provider, text, at }) => {
      const cut = cutPassage(text, terms)
      if (!cut) return []
      const messageId = kind === 'message' ? id : null
      const writer = persona !== null && provider !== null ? { persona, provider } : null
      const passage = { kind, messageId, role, writer, text: cut.text, at: at.toISOString() }
      return { shows: cut.terms, passage }
    })
    .toSorted(
      (a, b) =>
        b.shows - a.shows ||
        b.passage.at.localeCompare(a.passage.at) ||
        Number(isQuestion(b.passage)) - Number(isQuestion(a.passage)),
    )
    .slice(0, SHOWN)
    .map(({ passage }) => passage)
}

function isQuestion({ role }: SearchPassage): boolean {
  return role === 'user'
}
