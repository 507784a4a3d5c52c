import type { SearchTerm } from './parse-search.ts'

/**
 * What finds every term in an index of words (prisma/migrations/*_search), in the notation of PostgreSQL's tsquery.
 *
 * @param mark what every word of the index begins with
 * @param isWhole words as they stand; else they may be how longer ones begin
 */
export function searchTerms(terms: readonly SearchTerm[], mark: string, isWhole: boolean): string {
  const word = (text: string) => `'${mark}${text}'`
  return terms
    .flatMap((term) => {
      if (term.isRun)
        return pairsOf(term.text).map(({ text, isBegun }) => `${word(text)}${isBegun ? ':*' : ''}`)
      const alternatives = [`${word(term.text)}${isWhole ? '' : ':*'}`, ...(term.instead ?? []).map(word)]
      return [`(${alternatives.join(' | ')})`]
    })
    .join(' & ')
}

/** The pairs of neighbours in a run; one character alone begins whichever pair. */
function pairsOf(run: string): { text: string; isBegun: boolean }[] {
  const characters = [...run]
  if (characters.length === 1) return [{ text: run, isBegun: true }]
  return characters
    .slice(1)
    .map((character, index) => ({ text: `${characters[index]}${character}`, isBegun: false }))
}
