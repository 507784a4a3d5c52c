/** In unicode mode this matches only a half of a surrogate pair that lacks the other. */
const loneSurrogate = /\p{Surrogate}/gu
const highSurrogateAtEnd = /[\ud800-\udbff]$/

/** Removes what PostgreSQL's text and jsonb refuse, and models do emit: NUL and lone surrogates. */
export function cleanText(text: string): string {
  // NUL last, so that two halves which it parted are not joined to a character that nobody wrote.
  return text.replace(loneSurrogate, '').replaceAll('\0', '')
}

interface TextCleaner {
  /** The clean text of the next delta; a pair that is split between two deltas comes out with the second. */
  push(delta: string): string
  /** What is left at the end of the stream. */
  end(): string
}

/** `cleanText` for a text that arrives in deltas: what comes out, joined, is `cleanText` of what went in, joined. */
export function createTextCleaner(): TextCleaner {
  let held = ''
  return {
    push(delta) {
      const text = held + delta
      held = highSurrogateAtEnd.exec(text)?.[0] ?? ''
      return cleanText(text.slice(0, text.length - held.length))
    },
    end() {
      const rest = cleanText(held)
      held = ''
      return rest
    },
  }
}
