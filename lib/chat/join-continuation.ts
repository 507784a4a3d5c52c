/** How far back a continuation may begin by repeating what is there, in UTF-16 units. */
const LONGEST_REPEAT = 400
/** A shorter repeat may be chance: "and" may well follow "sand". */
const SHORTEST_REPEAT = 8
/** How much of the end a model is shown, to begin by repeating it. */
const ENDING_LENGTH = 80

/** The last words of a text that broke off, whole words where there are any: what its continuation is to begin with. */
export function endingOf(text: string): string {
  const ending = text.slice(-ENDING_LENGTH).toWellFormed()
  if (text.length <= ENDING_LENGTH) return ending
  const firstSpace = ending.search(/\s/)
  return firstSpace === -1 || firstSpace > ENDING_LENGTH / 2 ? ending : ending.slice(firstSpace + 1)
}

/** Takes the text of a continuation as it comes and gives what is to be appended. */
export interface ContinuationJoiner {
  push(text: string): string
  /**
   * What was still held back. Of a continuation that was cut off in its beginning that is a repeat, and is left out.
   */
  end(isCutOff: boolean): string
}

/**
 * Makes the seam of an answer and its continuation invisible: what the continuation repeats of the answer's end is left
 * out. Only its beginning is held back, for as long as it may be such a repeat.
 *
 * @param before the answer as it is; of an empty one there is nothing to repeat
 */
export function createContinuationJoiner(before: string): ContinuationJoiner {
  const tail = before.slice(-LONGEST_REPEAT)
  let held: string | null = before === '' ? null : ''

  function release(begin: string): string {
    held = null
    const rest = begin.slice(repeatLength(tail, begin))
    return rest === '' || rest.length < begin.length || !needsSpace(before, rest) ? rest : ` ${rest}`
  }

  return {
    push(text) {
      if (held === null) return text
      held += text
      const begin = held.trimStart()
      // Blanks alone decide nothing.
      return begin === '' || mayRepeat(tail, begin) ? '' : release(leadOf(held, begin, tail))
    },
    end(isCutOff) {
      if (held === null || isCutOff) return ''
      const begin = held.trimStart()
      return begin === '' ? '' : release(leadOf(held, begin, tail))
    },
  }
}

/** The held text: without its leading blanks when it repeats the end, since those are not between the two then. */
function leadOf(held: string, begin: string, tail: string): string {
  return repeatLength(tail, begin) > 0 ? begin : held
}

/** Whether more text could make `begin` a repeat of the end, or a longer one: some end of the tail starts with all of it. */
function mayRepeat(tail: string, begin: string): boolean {
  for (let from = tail.indexOf(begin); from !== -1; from = tail.indexOf(begin, from + 1)) {
    if (from + begin.length < tail.length) return true
  }
  return false
}

/** How much of `begin` is the end of the tail said once more; 0 when that is too short to be sure. */
function repeatLength(tail: string, begin: string): number {
  for (let length = Math.min(tail.length, begin.length); length > 0; length--) {
    if (!tail.endsWith(begin.slice(0, length))) continue
    return length >= SHORTEST_REPEAT || length === tail.length ? length : 0
  }
  return 0
}

/** A model that goes on with a new word begins it without the space that its own stream would have had. */
function needsSpace(before: string, rest: string): boolean {
  return /[\p{Ll}.,;:!?)\]"'’”]$/u.test(before) && /^\p{Lu}/u.test(rest)
}
