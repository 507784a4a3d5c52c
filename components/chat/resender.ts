import { createCell } from './cell.ts'
import type { RequestError } from './chat-api.ts'

/** Why a message is not sent yet. */
export interface Wait {
  /** NULL: nothing was refused, an answer before it has to end first. */
  refusal: RequestError | null
  /** When it is sent again by itself, in ms since 1970, where the server has named a time. */
  until: number | null
  isSending: boolean
}

interface ResenderOptions {
  /** Sends the message that waits. */
  send(): void
  wait(ms: number, signal: AbortSignal): Promise<void>
}

/** Refusals that pass by themselves. */
const passing = [
  'unreachable',
  'database_unavailable',
  'shutting_down',
  'too_busy',
  'generation_running',
  'too_many_turns',
]
/** Refusals after which the message waits for the person. */
const remediable = ['signed_out', 'unexpected']

const FIRST_PAUSE_MS = 1000
const LONGEST_PAUSE_MS = 30_000

/** Whether a refused message waits to be sent again; otherwise it would be refused again as it is. */
export function isWorthWaiting({ code }: RequestError): boolean {
  return passing.includes(code) || remediable.includes(code)
}

/** Decides when the message that waits is sent again: after pauses that grow, or as soon as something has changed. */
export class Resender {
  /** NULL while nothing waits. */
  readonly wait = createCell<Wait | null>(null)
  readonly #options: ResenderOptions
  #failures = 0
  #pause: AbortController | null = null

  constructor(options: ResenderOptions) {
    this.#options = options
  }

  get isSending(): boolean {
    return this.wait.get()?.isSending === true
  }

  /** Whether it is too early: the server has named a time. */
  get isHeld(): boolean {
    const until = this.wait.get()?.until ?? null
    return until !== null && until > Date.now()
  }

  /** It waits for the answer before it. */
  hold(): void {
    this.wait.set({ refusal: null, until: null, isSending: false })
  }

  /** It is being sent. */
  begin(): void {
    this.#endPause()
    const before = this.wait.get()
    this.wait.set({ refusal: before?.refusal ?? null, until: null, isSending: true })
  }

  /** It was refused, and waits. */
  refused(refusal: RequestError): void {
    this.#endPause()
    this.#failures += 1
    const named = refusal.retryAfterSeconds === undefined ? 0 : refusal.retryAfterSeconds * 1000
    const until = refusal.code === 'too_many_turns' ? Date.now() + named : null
    this.wait.set({ refusal, until, isSending: false })
    if (passing.includes(refusal.code)) void this.#sendAfter(Math.max(named, this.#nextPause()))
  }

  /** Nothing waits any more. */
  end(): void {
    this.#endPause()
    this.#failures = 0
    this.wait.set(null)
  }

  /** 1, 2, 4, 8, 16, 30, 30 … s */
  #nextPause(): number {
    return Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (this.#failures - 1))
  }

  async #sendAfter(ms: number): Promise<void> {
    const pause = new AbortController()
    this.#pause = pause
    try {
      await this.#options.wait(ms, pause.signal)
    } catch (error) {
      if (!pause.signal.aborted) throw error
    }
    if (!pause.signal.aborted) this.#options.send()
  }

  #endPause(): void {
    this.#pause?.abort()
    this.#pause = null
  }
}
