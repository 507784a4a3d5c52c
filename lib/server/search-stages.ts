import { nearWords } from '#lib/chat/near-words.ts'
import type { SearchTerm } from '#lib/chat/parse-search.ts'
import { searchTerms } from '#lib/chat/search-terms.ts'
import {
  findConversations,
  findTexts,
  findTitles,
  readSimilarWords,
  type SearchHit,
  type SearchScope,
  searchMarks,
  type TermQuery,
} from '#lib/db/search.ts'
import type { SearchStage } from './search-cursor.ts'

/** One of the questions that a search asks in turn, until a page is full: none finds again what one before it has found. */
export interface StageSearch {
  stage: SearchStage
  /** What is looked for, as it is marked. */
  terms: SearchTerm[]
  /** What finds the passages that are shown; NULL: none are. */
  query: TermQuery | null
  find: (scope: SearchScope) => Promise<SearchHit[]>
}

/** Titles first, then whole words, then words that begin so. */
export function searchStages(userId: string, terms: SearchTerm[]): StageSearch[] {
  if (terms.length === 0) return [{ stage: 'list', terms, query: null, find: findConversations }]
  const whole = termQuery(userId, terms, true)
  const begun = termQuery(userId, terms, false)
  const stages: StageSearch[] = [
    { stage: 'title', terms, query: begun, find: (scope) => findTitles(scope, begun) },
    { stage: 'whole', terms, query: whole, find: (scope) => findTexts(scope, whole, { title: begun }) },
  ]
  if (begun.bare === whole.bare) return stages
  const earlier = { title: begun, text: whole }
  return [
    ...stages,
    { stage: 'begun', terms, query: begun, find: (scope) => findTexts(scope, begun, earlier) },
  ]
}

/** Of a search that found little: what stands there instead of words that may have been mistyped. None when none may. */
export async function meantStages(userId: string, asked: SearchTerm[]): Promise<StageSearch[]> {
  const words = asked.filter(({ isRun }) => !isRun).map(({ text }) => text)
  const similar = await readSimilarWords(userId, words)
  const terms = asked.map((term) => {
    const instead = nearWords(term.text, similar.get(term.text) ?? [])
    return instead.length > 0 ? { ...term, instead } : term
  })
  if (terms.every(({ instead }) => !instead)) return []
  const begun = termQuery(userId, asked, false)
  const meant = termQuery(userId, terms, false)
  const earlier = { title: begun, text: begun }
  return [
    { stage: 'meant-title', terms, query: meant, find: (scope) => findTitles(scope, meant, earlier) },
    {
      ...{ stage: 'meant', terms, query: meant },
      find: (scope) => findTexts(scope, meant, { title: meant, text: begun }),
    },
  ]
}

/** Terms as queries over the index, and over what a row holds. */
export function termQuery(userId: string, terms: SearchTerm[], isWhole: boolean): TermQuery {
  const marks = searchMarks(userId)
  return {
    title: searchTerms(terms, marks.title, isWhole),
    text: searchTerms(terms, marks.text, isWhole),
    bare: searchTerms(terms, '', isWhole),
  }
}
