import { findMatches, markText } from './mark-text.ts'
import type { SearchTerm } from './parse-search.ts'
import type { MarkedText } from './search.ts'
import { stripMarkdown } from './strip-markdown.ts'

/** How much of a text is shown, in UTF-16 units, and how much of it before what was found. */
const LENGTH = 240
const BEFORE = 60

export interface CutPassage {
  text: MarkedText
  /** How many different terms it shows. */
  terms: number
}

/** The place in a text where the most terms stand together, marked; NULL when none does. */
export function cutPassage(text: string, terms: readonly SearchTerm[]): CutPassage | null {
  const matches = findMatches(text, terms)
  let best: { start: number; terms: number } | null = null
  for (const [index, { start }] of matches.entries()) {
    const near = matches.slice(index, index + 40).filter(({ end }) => end <= start + LENGTH - BEFORE)
    const count = new Set(near.map(({ term }) => term)).size
    if (!best || count > best.terms) best = { start, terms: count }
    if (count === terms.length) break
  }
  if (!best) return null
  const raw = cutAround(text, best.start)
  const plain = { ...raw, text: dropHalfMarks(raw).split('\n').map(stripMarkdown).join('\n') }
  const marked = [plain, raw].map(({ before, text: cut, after }) =>
    markText(`${before}${cut.replaceAll(/\s+/g, ' ').trim()}${after}`, terms),
  )
  // What stood in the marks themselves, as in the address of a link, is shown with them.
  const shown = marked.find((pieces) => pieces.some(({ isMatch }) => isMatch)) ?? marked[1] ?? []
  return { text: shown, terms: best.terms }
}

/** From a little before a place on, at blanks where there are some near. */
function cutAround(text: string, place: number): { before: string; text: string; after: string } {
  const from = Math.max(0, place - BEFORE)
  const blank = text.slice(from, place).search(/\s/)
  const start = from === 0 ? 0 : atCharacter(text, blank === -1 ? from : from + blank + 1)
  const to = Math.min(text.length, start + LENGTH)
  const lastBlank = text.slice(to - 30, to).search(/\s\S*$/)
  const end = to === text.length || lastBlank === -1 ? to : to - 30 + lastBlank
  return {
    before: start > 0 ? '…' : '',
    text: text.slice(start, atCharacter(text, end)),
    after: end < text.length ? '…' : '',
  }
}

/** Without the stars of bold words that begin before the cut, or end after it; those of `2**3` and `src/**` stay. */
function dropHalfMarks({ before, text, after }: { before: string; text: string; after: string }): string {
  const begun = before === '' ? text : text.replace(/^([^*]*[^*\s])\*\*(?![\p{L}\p{N}/*])/u, '$1')
  return after === '' ? begun : begun.replace(/(?<![\p{L}\p{N}/*])\*\*(?=[^*\s])([^*]*)$/u, '$1')
}

/** No half of a character. */
function atCharacter(text: string, place: number): number {
  return /[\uDC00-\uDFFF]/.test(text.charAt(place)) ? place - 1 : place
}
