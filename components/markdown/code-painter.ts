/** Longer code stays plain: colouring it would hold up the page. In UTF-16 units. */
const MAX_LENGTH = 60_000

/** How many times as long as a colouring took it rests before the next: growing code costs at most 8 % of the time. */
const REST_FACTOR = 12

export interface CodePainter {
  update(code: string, language: string): void
  dispose(): void
}

/**
 * Colours the one text node of an element. Colours are ranges (CSS Custom Highlight API), not elements: the text keeps
 * its node, so that nothing moves and long code stays light. The old ranges stay until the new ones are there.
 */
export function createCodePainter(element: HTMLElement): CodePainter {
  let wanted = { code: '', language: '' }
  let near = false
  let timer: ReturnType<typeof setTimeout> | undefined
  let restUntil = 0
  let clear: (() => void) | undefined

  const observer = new IntersectionObserver(
    (entries) => {
      near = entries.at(-1)?.isIntersecting ?? false
      schedule()
    },
    { rootMargin: '400px' },
  )
  observer.observe(element)

  function schedule() {
    if (!near || timer !== undefined || !wanted.language || wanted.code.length > MAX_LENGTH) return
    timer = setTimeout(() => void paint(), Math.max(0, restUntil - performance.now()))
  }

  async function paint() {
    const { highlightCode, paintRanges } = await import('./highlight-code.ts')
    const { code, language } = wanted
    const node = element.firstChild
    timer = undefined
    if (!element.isConnected || !(node instanceof Text) || node.data !== code) return schedule()
    const started = performance.now()
    const spans = highlightCode(code, language)
    clear?.()
    clear = paintRanges(node, spans)
    restUntil = performance.now() + (performance.now() - started) * REST_FACTOR
    if (wanted.code !== code) schedule()
  }

  return {
    update(code, language) {
      if (code === wanted.code && language === wanted.language) return
      wanted = { code, language }
      schedule()
    },
    dispose() {
      observer.disconnect()
      clearTimeout(timer)
      wanted = { code: '', language: '' }
      clear?.()
    },
  }
}
