/** Runs a callback before the next paint; returns what takes it back. */
export type ScheduleFrame = (callback: () => void) => () => void

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
