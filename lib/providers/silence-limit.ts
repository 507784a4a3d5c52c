/** How long a call may take, in milliseconds: to its first token, between two of them, in all. */
export interface CallTimeouts {
  firstTokenMs: number
  stallMs: number
  totalMs: number
}

/** Gives up a call whose provider falls silent, or does not end. */
export class SilenceLimit {
  readonly #controller = new AbortController()
  readonly #stallMs: number
  readonly #whole: NodeJS.Timeout
  #silence: NodeJS.Timeout
  #hasBegun = false

  constructor({ firstTokenMs, stallMs, totalMs }: CallTimeouts) {
    this.#stallMs = stallMs
    this.#silence = this.#after(firstTokenMs, 'no first token')
    this.#whole = this.#after(totalMs, 'too long in all')
  }

  /** Aborted, with the reason, when a limit is over. */
  get signal(): AbortSignal {
    return this.#controller.signal
  }

  /** A token came. */
  heard(): void {
    if (this.#hasBegun) {
      this.#silence.refresh()
      return
    }
    this.#hasBegun = true
    clearTimeout(this.#silence)
    this.#silence = this.#after(this.#stallMs, 'stalled')
  }

  /** The call has ended: a timer that went on would keep the whole request in memory. */
  end(): void {
    clearTimeout(this.#silence)
    clearTimeout(this.#whole)
  }

  #after(ms: number, reason: string): NodeJS.Timeout {
    return setTimeout(() => this.#controller.abort(reason), ms)
  }
}
