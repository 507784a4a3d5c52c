import { RequestError } from './chat-api.ts'
import type { TurnEvent } from './read-turn-stream.ts'

type OpenStream = (signal: AbortSignal) => Promise<AsyncIterable<TurnEvent> | null>

interface FollowOptions {
  /** Sends a turn, which opens the stream; missing when the answer runs already. */
  send?: OpenStream
  /** Opens the stream where the page has got to. */
  resume: OpenStream
  signal: AbortSignal
  onEvent(event: TurnEvent): void
  /** The connection is lost, or there again. */
  onReconnecting(isReconnecting: boolean): void
  /** Waits before another attempt, in ms; shorter when the network comes back. */
  wait(ms: number, signal: AbortSignal): Promise<void>
}

/** Refusals of a resumption that would be the same the next time. */
const finalRefusals = ['not_found', 'signed_out', 'invalid_request', 'foreign_origin']

/**
 * Reads an answer to its end, however often the connection breaks.
 *
 * @returns `ended` when the answer has, `gone` when the server knows of none that runs
 * @throws RequestError when the sending fails or a resumption is refused for good; AbortError on the signal
 */
export async function followTurn(options: FollowOptions): Promise<'ended' | 'gone'> {
  const { signal } = options
  let told: boolean | null = null
  // With every piece of the answer it would be said that the connection is there.
  function onReconnecting(isReconnecting: boolean) {
    if (isReconnecting !== told) options.onReconnecting(isReconnecting)
    told = isReconnecting
  }
  let open = options.send ?? options.resume
  let failures = 0
  for (;;) {
    try {
      const events = await open(signal)
      if (!events) return 'gone'
      for await (const event of untilBroken(events)) {
        signal.throwIfAborted()
        failures = 0
        onReconnecting(false)
        options.onEvent(event)
        if (event.type === 'end') return 'ended'
      }
    } catch (error) {
      if (!(error instanceof RequestError)) throw error
      if (open === options.send || finalRefusals.includes(error.code)) throw error
    }
    signal.throwIfAborted()
    failures += 1
    // A single break is mended before anyone could read about it.
    if (failures > 1) onReconnecting(true)
    await options.wait(delayBefore(failures), signal)
    open = options.resume
  }
}

/** 0, 0.5, 1, 2, 4, 8, 8 … s */
function delayBefore(failures: number): number {
  return failures === 1 ? 0 : Math.min(8000, 250 * 2 ** (failures - 1))
}

/** The events of a stream; that its connection breaks is only its end. */
async function* untilBroken(events: AsyncIterable<TurnEvent>): AsyncGenerator<TurnEvent> {
  const iterator = events[Symbol.asyncIterator]()
  try {
    for (;;) {
      const next = await iterator.next().catch(() => null)
      if (!next || next.done) return
      yield next.value
    }
  } finally {
    await iterator.return?.()
  }
}
