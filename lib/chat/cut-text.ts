import { countTokens } from './count-tokens.ts'
import { type CutEnds, cutMark, renderCut } from './render-context.ts'

export interface CutText {
  /** What is sent. */
  text: string
  tokens: number
  /** Undefined: it is sent whole. */
  ends: CutEnds | undefined
}

/** How much shorter than the count suggests a text is tried next: its parts do not all have the same density. */
const NEXT_TRY = 0.97

/**
 * Cuts a text in the middle so that with the mark it has at most `limit` tokens. The same text and limit give the same cut.
 *
 * @param tokens of the whole text
 */
export function cutText(text: string, tokens: number, limit: number): CutText {
  if (tokens <= limit) return { text, tokens, ends: undefined }
  const room = Math.max(0, limit - countTokens(cutMark(text.length)))
  let length = Math.floor((text.length * room) / tokens)
  for (;;) {
    const ends = endsOf(text, length)
    const cut = renderCut(text, ends)
    const taken = countTokens(cut)
    if (taken <= limit || length === 0) return { text: cut, tokens: taken, ends }
    length = Math.floor(((length * limit) / taken) * NEXT_TRY)
  }
}

/** Half of so many UTF-16 units from either end, and no half of a character. */
function endsOf(text: string, length: number): CutEnds {
  const head = Math.ceil(length / 2)
  const tail = length - head
  const splitsHead = /[\uD800-\uDBFF]/.test(text.charAt(head - 1))
  const splitsTail = /[\uDC00-\uDFFF]/.test(text.charAt(text.length - tail))
  return [splitsHead ? head - 1 : head, splitsTail ? tail - 1 : tail]
}
