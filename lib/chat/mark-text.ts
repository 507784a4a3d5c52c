import { foldText } from './fold-text.ts'
import { RUN_CHARACTERS, type SearchTerm } from './parse-search.ts'
import type { MarkedText } from './search.ts'

interface Match {
  /** In UTF-16 units of the text. */
  start: number
  end: number
  term: SearchTerm
}

/** Marks in a text what was looked for; without any term in it the text is one piece. */
export function markText(text: string, terms: readonly SearchTerm[]): MarkedText {
  const pieces: MarkedText = []
  let done = 0
  for (const { start, end } of findMatches(text, terms)) {
    if (end <= done) continue
    const begin = Math.max(start, done)
    if (begin > done) pieces.push({ text: text.slice(done, begin), isMatch: false })
    const last = pieces.at(-1)
    // Neighbours are one mark: two characters of a run that were found as pairs.
    if (begin === done && last?.isMatch) last.text += text.slice(begin, end)
    else pieces.push({ text: text.slice(begin, end), isMatch: true })
    done = end
  }
  if (done < text.length || pieces.length === 0) pieces.push({ text: text.slice(done), isMatch: false })
  return pieces
}

/** Where terms stand in a text, from its beginning on. */
export function findMatches(text: string, terms: readonly SearchTerm[]): Match[] {
  const { folded, places } = foldWithPlaces(text)
  const placeOf = (unit: number) => places?.[unit] ?? unit
  return terms
    .flatMap((term) => {
      const pattern = patternOf(term)
      return [...folded.matchAll(pattern)].map((found) => ({
        start: placeOf(found.index),
        end: placeOf(found.index + found[0].length),
        term,
      }))
    })
    .toSorted((a, b) => a.start - b.start || b.end - a.end)
}

/** Words are found where words begin; of a longer word as much is marked as was typed. */
function patternOf({ text, isRun, instead = [] }: SearchTerm): RegExp {
  if (isRun) return new RegExp(text, 'gu')
  const letter = `(?:(?![${RUN_CHARACTERS}])[\\p{Alphabetic}0-9])`
  const whole = instead.map((word) => `${word}(?!${letter})`)
  return new RegExp(`(?<!${letter})(?:${[...whole, text].join('|')})`, 'gu')
}

/** A text folded, and for each of its units (and its end) where in the text it comes from; undefined: from the same place. */
function foldWithPlaces(text: string): { folded: string; places?: number[] } {
  if (isAscii(text)) return { folded: text.toLowerCase() }
  let folded = ''
  const places: number[] = []
  let place = 0
  for (const character of text) {
    const piece = isAscii(character) ? character.toLowerCase() : foldText(character)
    for (let unit = 0; unit < piece.length; unit++) places.push(place)
    folded += piece
    place += character.length
  }
  places.push(text.length)
  return { folded, places }
}

function isAscii(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are among what needs no folding.
  return /^[\x00-\x7f]*$/.test(text)
}
