/** Runs a callback before the next paint; returns what takes it back. */
export type ScheduleFrame = (callback: () => void) => () => void

/** How often a page that is not painted (a hidden tab) takes up new text, in ms. */
const HIDDEN_MS = 250

/** The browser's frames; a hidden tab has none. */
export const nextFrame: ScheduleFrame = (callback) => {
  if (document.visibilityState === 'hidden') {
    const timer = setTimeout(callback, HIDDEN_MS)
    return () => clearTimeout(timer)
  }
  const frame = requestAnimationFrame(callback)
  return () => cancelAnimationFrame(frame)
}

/** Gathers the text of a running answer, and shows it once per frame however many pieces it came in. */
export interface TextBuffer {
  readonly text: string
  append(delta: string): void
  /** Shows at once what is not shown yet. */
  flush(): void
}

export function createTextBuffer(
  initial: string,
  show: (text: string) => void,
  schedule: ScheduleFrame,
): TextBuffer {
  let text = initial
  let cancel: (() => void) | null = null

  function flush() {
    if (!cancel) return
    cancel()
    cancel = null
    show(text)
  }

  return {
    get text() {
      return text
    },
    append(delta) {
      text += delta
      cancel ??= schedule(flush)
    },
    flush,
  }
}
