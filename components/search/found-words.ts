import type { MarkedText } from '#lib/chat/search.ts'

/** The name of the marks in `::highlight()`. */
const HIGHLIGHT = 'found'

/** More of them would be a pattern, not a hint. */
const MOST_MARKED = 200

/** What led to a message, until the message is shown; then it is marked in it. */
export class FoundWords {
  #wanted: { messageId: string; words: string[] } | null = null

  /** Keeps what is marked in the passage that leads to a message. */
  remember(messageId: string, passage: MarkedText): void {
    const words = passage.filter(({ isMatch }) => isMatch).map(({ text }) => text)
    this.#wanted = { messageId, words: [...new Set(words)] }
  }

  /**
   * Marks what led to a message in it, without changing its elements; where the browser cannot do that, nothing is marked.
   *
   * @returns the first of them; NULL: nothing is marked
   */
  markIn(message: HTMLElement): Range | null {
    this.clear()
    const wanted = this.#wanted
    this.#wanted = null
    const text = message.querySelector('.reading')
    if (!('highlights' in CSS) || !text || wanted?.messageId !== message.id) return null
    const ranges = rangesOf(text, wanted.words)
    if (ranges.length > 0) CSS.highlights.set(HIGHLIGHT, new Highlight(...ranges))
    return ranges[0] ?? null
  }

  clear(): void {
    if ('highlights' in CSS) CSS.highlights.delete(HIGHLIGHT)
  }
}

function rangesOf(root: Element, words: readonly string[]): Range[] {
  const ranges: Range[] = []
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node && ranges.length < MOST_MARKED; node = walker.nextNode()) {
    for (const [start, end] of placesOf(node.nodeValue ?? '', words)) {
      const range = new Range()
      range.setStart(node, start)
      range.setEnd(node, end)
      ranges.push(range)
    }
  }
  return ranges
}

/** Where words stand in a text, in its order; none of them within another. */
export function placesOf(text: string, words: readonly string[]): [start: number, end: number][] {
  const places: [number, number][] = []
  const longestFirst = words.filter((word) => word !== '').toSorted((one, other) => other.length - one.length)
  for (let from = 0; from < text.length; ) {
    const next = longestFirst
      .map((word) => [text.indexOf(word, from), word.length] as const)
      .filter(([start]) => start >= 0)
      .reduce<readonly [number, number] | null>(
        (first, each) => (first && first[0] <= each[0] ? first : each),
        null,
      )
    if (!next) break
    const [start, length] = next
    places.push([start, start + length])
    from = start + length
  }
  return places
}
