/** How many tokens a character of each script takes as a rule, as o200k counts (the test measures it). */
const weights: [pattern: RegExp, tokens: number][] = [
  [/[\p{Script=Latin}\s]/u, 0.22],
  [/[\p{Script=Cyrillic}\p{Script=Devanagari}]/u, 0.28],
  [/[\p{Script=Han}]/u, 0.65],
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/u, 0.8],
  [/[\p{Script=Hangul}]/u, 0.7],
  [/[\p{L}\p{M}]/u, 0.4],
  [/\p{N}/u, 0.45],
  [/[!-/:-@[-`{-~]/u, 0.5],
]

/** What is in none of these: emoji, symbols, punctuation of other scripts. */
const OTHER = 1.2

/** How long a piece of a long text is, in UTF-16 units, and how many are looked at: typing must not wait. */
const PIECE = 500
const MOST_PIECES = 16

/**
 * About how many tokens a text takes, without the tokeniser, which is too heavy for a page: by its characters' scripts.
 * Of a long text pieces are looked at, evenly spread.
 */
export function estimateTokens(text: string): number {
  if (text.length <= PIECE * MOST_PIECES) return Math.ceil(weigh(text))
  const step = (text.length - PIECE) / (MOST_PIECES - 1)
  let weight = 0
  for (let piece = 0; piece < MOST_PIECES; piece += 1) {
    const start = Math.floor(piece * step)
    weight += weigh(text.slice(start, start + PIECE))
  }
  return Math.ceil((weight * text.length) / (PIECE * MOST_PIECES))
}

function weigh(text: string): number {
  let weight = 0
  for (const character of text) weight += weights.find(([pattern]) => pattern.test(character))?.[1] ?? OTHER
  return weight
}
