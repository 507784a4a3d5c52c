/** Below that, too many words are one letter away. */
const SHORTEST = 4
/** How many words one may be meant as. */
const MAX_NEAR = 6

/**
 * Of words that look alike those that the asked one may have been meant as, the nearest first: one letter more, less, other
 * or in the wrong place, two in longer words. From five letters on it may be how such a word begins.
 */
export function nearWords(asked: string, words: readonly string[]): string[] {
  const allowed = allowedDistance(asked)
  return words
    .map((word) => ({ word, distance: distanceToBeginning(asked, word) }))
    .filter(({ distance }) => distance <= allowed)
    .toSorted((a, b) => a.distance - b.distance)
    .slice(0, MAX_NEAR)
    .map(({ word }) => word)
}

function allowedDistance({ length }: string): number {
  if (length < SHORTEST) return 0
  return length < 7 ? 1 : 2
}

function distanceToBeginning(asked: string, word: string): number {
  const whole = distanceBetween(asked, word)
  if (asked.length <= SHORTEST || word.length <= asked.length) return whole
  return Math.min(
    whole,
    ...[-1, 0, 1].map((more) => distanceBetween(asked, word.slice(0, asked.length + more))),
  )
}

/** Letters added, left out, changed, or swapped with their neighbour, to get from one to the other. */
function distanceBetween(one: string, other: string): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: other.length + 1 }, (_, index) => index)
  for (let i = 1; i <= one.length; i++) {
    const row = [i]
    for (let j = 1; j <= other.length; j++) {
      const change = one[i - 1] === other[j - 1] ? 0 : 1
      let distance = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + change)
      const isSwap = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]
      if (isSwap) distance = Math.min(distance, (beforeLast[j - 2] ?? 0) + 1)
      row.push(distance)
    }
    beforeLast = last
    last = row
  }
  return last.at(-1) ?? 0
}
