import type { CodeSpan } from './highlight-code.ts'

/** Longer code stays plain: colouring it would hold up the page. In UTF-16 units. */
const MAX_LENGTH = 60_000

/** How many times as long as a colouring took it rests before the next: growing code costs at most 8 % of the time. */
const REST_FACTOR = 12

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

  function schedule() {
    const { code, language } = wanted
    if (!isNear || isBusy || !language || code === done || code.length > MAX_LENGTH) return
    isBusy = true
    timer = setTimeout(() => void highlight(), Math.max(0, restUntil - performance.now()))
  }

  async function highlight() {
    const { highlightCode } = await import('./highlight-code.ts')
    const { code, language } = wanted
    const started = performance.now()
    if (code && language) show({ code, spans: highlightCode(code, language) })
    done = code
    isBusy = false
    restUntil = performance.now() + (performance.now() - started) * REST_FACTOR
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
      wanted = { code: '', language: '' }
    },
  }
}
