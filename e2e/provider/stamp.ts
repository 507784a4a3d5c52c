/** Microseconds on a clock that all processes of this machine share, and that nobody sets. */
export function sharedMicros(): number {
  return Number(process.hrtime.bigint() / 1000n)
}

/** When a request came in (`#`), and when a token was written (`@`): a stamp is a word of an answer. */
type StampKind = '#' | '@'

export function writeStamp(kind: StampKind, micros: number): string {
  return `${kind}${micros.toString(36)} `
}

const STAMPS = /([#@])([0-9a-z]+) /g

/** Finds the stamps in a stream's text as it comes, whatever frames it is wrapped in and wherever it is cut. */
export class StampReader {
  arrivedAt: number | null = null
  #rest = ''

  /** @returns when the tokens that are whole by now were written, in order */
  push(text: string): number[] {
    const all = this.#rest + text
    const written: number[] = []
    let end = 0
    for (const match of all.matchAll(STAMPS)) {
      const [whole, kind, digits = ''] = match
      end = match.index + whole.length
      if (kind === '@') written.push(Number.parseInt(digits, 36))
      else this.arrivedAt ??= Number.parseInt(digits, 36)
    }
    this.#rest = unfinished(all.slice(end))
    return written
  }
}

/** A stamp that is cut in two, to be put before what comes next. */
function unfinished(text: string): string {
  return /[#@][0-9a-z]*$/.exec(text)?.[0] ?? ''
}
