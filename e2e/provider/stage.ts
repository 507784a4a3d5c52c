import { EventEmitter, once } from 'node:events'
import { parseContinuation, replyWithContinuation } from './continuation.ts'
import { findMarker, type Marker, parseMarker } from './marker.ts'
import { ModelList } from './model-list.ts'
import type { Reply } from './moves.ts'
import type { ReceivedRequest } from './request-log.ts'
import { scenarios } from './scenarios.ts'
import { replyWithSummary } from './summaries.ts'
import { replyWithTitle } from './titles.ts'

/** What tests have arranged: scenarios by message, open gates, and how often a message was already answered. */
export class Stage {
  readonly modelList = new ModelList()
  readonly #arranged: { contains: string; marker: Marker }[] = []
  readonly #openGates = new Set<string>()
  readonly #gates = new EventEmitter().setMaxListeners(0)
  readonly #plays = new Map<string, number>()

  /** From now on, messages with this text get this scenario (`status code=500`), whatever their markers say. */
  arrange(contains: string, scenario: string): void {
    this.#arranged.unshift({ contains, marker: parseMarker(scenario) })
  }

  openGate(name: string): void {
    this.#openGates.add(name)
    this.#gates.emit(name)
  }

  /** @throws AbortError when the client leaves first. */
  async passGate(name: string, signal: AbortSignal): Promise<void> {
    if (!this.#openGates.has(name)) await once(this.#gates, name, { signal })
  }

  /** @throws Error when the message asks for what does not exist. */
  choose(received: ReceivedRequest): Reply {
    const { kind, message, body, arrivedAt } = received
    if (kind === 'title') return replyWithTitle(body)
    if (kind === 'summary') return replyWithSummary(body)
    const continuation = parseContinuation(body)
    if (continuation?.marker.name === 'plain') return replyWithContinuation(body, continuation)
    const { name, parameters } = continuation?.marker ?? this.#markerOf(message)
    const play = scenarios[name]
    if (!play) throw new Error(`there is no scenario "${name}"`)
    const apiKey = received.headers.authorization?.replace(/^Bearer /, '') ?? ''
    return play({ request: body, message, apiKey, parameters, arrivedAt })
  }

  /** `times=N`: after N calls with the same message, the answer is plain. */
  #markerOf(message: string): Marker {
    const marker =
      this.#arranged.find(({ contains }) => message.includes(contains))?.marker ??
      findMarker('scenario', message)
    const times = marker?.parameters.optionalNumber('times')
    if (!marker || times === undefined) return marker ?? parseMarker('plain')
    const plays = (this.#plays.get(message) ?? 0) + 1
    this.#plays.set(message, plays)
    return plays > times ? parseMarker('plain') : marker
  }
}
