/** What can be found by its words. */
export interface Findable {
  label: string
  /** Other words it is looked for by. */
  keywords?: string | undefined
}

/**
 * How well something is found by what is typed: every word of it must fit, each by itself. The begin of the whole label
 * counts most, then that of a word, the first letters of the words ("nc" for "New conversation"), a part of a word.
 *
 * @returns 0 for an empty query, more the better it fits, NULL when it does not
 */
export function matchQuery(query: string, { label, keywords = '' }: Findable): number | null {
  const inLabel = plain(label)
  const inKeywords = plain(keywords)
  let sum = 0
  for (const word of words(plain(query))) {
    const score = Math.max(scoreOf(word, inLabel) * 2, scoreOf(word, inKeywords))
    if (score === 0) return null
    sum += score
  }
  return sum
}

/** What fits a query, the best first; what fits equally well stays in its order. */
export function findBest<Item extends Findable>(query: string, items: readonly Item[]): Item[] {
  return items
    .map((item) => ({ item, score: matchQuery(query, item) }))
    .filter((found): found is { item: Item; score: number } => found.score !== null)
    .toSorted((one, other) => other.score - one.score)
    .map(({ item }) => item)
}

function scoreOf(word: string, text: string): number {
  if (text === '') return 0
  if (text.startsWith(word)) return 4
  const inText = words(text)
  if (inText.some((other) => other.startsWith(word))) return 3
  if (word.length > 1 && isInitials(word, inText)) return 2
  return word.length > 1 && text.includes(word) ? 1 : 0
}

/** Whether the letters are the first ones of words that follow each other. */
function isInitials(letters: string, inText: string[]): boolean {
  return inText
    .map(([first]) => first)
    .join('')
    .includes(letters)
}

function words(text: string): string[] {
  return text.split(/[^\p{L}\p{N}]+/u).filter(Boolean)
}

/** Without case and accents, so that nobody has to type them. */
function plain(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()
}
