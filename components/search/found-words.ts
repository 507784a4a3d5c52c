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
    for (const [start, end] of placesOf(node.nodeValue ?? '', words, MOST_MARKED - ranges.length)) {
      const range = new Range()
      range.setStart(node, start)
      range.setEnd(node, end)
      ranges.push(range)
    }
  }
  return ranges
}

/** Where words stand in a text, in its order, the first `most` of them; none of them within another. */
export function placesOf(
  text: string,
  words: readonly string[],
  most: number,
): [start: number, end: number][] {
  const longestFirst = words.filter((word) => word !== '').toSorted((one, other) => other.length - one.length)
  if (longestFirst.length === 0) return []
  // One pass, however many words there are and wherever they stand: a text may have a million characters.
  const anyWord = new RegExp(longestFirst.map(literally).join('|'), 'g')
  const places: [number, number][] = []
  for (let found = anyWord.exec(text); found && places.length < most; found = anyWord.exec(text))
    places.push([found.index, anyWord.lastIndex])
  return places
}

/** A pattern of exactly this word; `RegExp.escape` is younger than the browsers that are served. */
function literally(word: string): string {
  return word.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
}
