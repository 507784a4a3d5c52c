import type { CodeSpan } from './highlight-code.ts'
import { highlightInWorker } from './highlight-in-worker.ts'

/** Longer code stays plain: so many coloured words would weigh the page down. In UTF-16 units. */
const MAX_LENGTH = 60_000

/** How many times as long as a colouring took it rests before the next: growing code costs at most 8 % of a processor. */
const REST_FACTOR = 12

/** How long it rests when no worker can be had. */
const FAILED_REST_MS = 5_000

export interface HighlightedCode {
  code: string
  spans: CodeSpan[]
}

export interface CodeHighlighter {
  update(code: string, language: string): void
  /** Nothing is loaded or coloured before the code is near the screen. */
  setNear(near: boolean): void
  dispose(): void
}

/** Colours a code whenever it changed, as often as the time that it takes allows. Loads what it needs with the first. */
export function createCodeHighlighter(show: (highlighted: HighlightedCode) => void): CodeHighlighter {
  let wanted = { code: '', language: '' }
  let done = ''
  let isNear = false
  let isBusy = false
  let timer: ReturnType<typeof setTimeout> | undefined
  let restUntil = 0
  let isDisposed = false

  function schedule() {
    const { code, language } = wanted
    if (!isNear || isBusy || !language || code === done || code.length > MAX_LENGTH) return
    isBusy = true
    timer = setTimeout(() => void colour(), Math.max(0, restUntil - performance.now()))
  }

  async function colour() {
    const { code, language } = wanted
    const highlight = await highlightInWorker(code, language)
    isBusy = false
    if (isDisposed) return
    if (!highlight) {
      // The code can be read as it is; it is tried again when it has changed, or comes near again.
      restUntil = performance.now() + FAILED_REST_MS
      return
    }
    show({ code, spans: highlight.spans })
    restUntil = performance.now() + highlight.took * REST_FACTOR
    done = code
    schedule()
  }

  return {
    update(code, language) {
      wanted = { code, language }
      schedule()
    },
    setNear(near) {
      isNear = near
      schedule()
    },
    dispose() {
      clearTimeout(timer)
      isDisposed = true
    },
  }
}
