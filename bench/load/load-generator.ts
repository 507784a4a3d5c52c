import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { inProject } from '#scripts/launch/project.ts'
import type { StreamRequest, StreamSample } from './open-stream.ts'

/** Streams that are asked for at the same moment. */
export interface Round {
  requests: StreamRequest[]
  tokens: number
  /** Milliseconds between two tokens. */
  interval: number
}

/** What the load generator saw. */
export interface RoundAnswers {
  samples: StreamSample[]
  /** Requests that a server was too busy for. */
  refused: number
  /** The share of the time in which the load generator had something to do. */
  busy: number
}

export type RoundResult = RoundAnswers | { fault: string }

/** The process that plays all clients, apart from the one that measures. */
export class LoadGenerator {
  readonly #child: ChildProcess

  private constructor(child: ChildProcess) {
    this.#child = child
  }

  static start(): LoadGenerator {
    return new LoadGenerator(fork(inProject('bench/load/main.ts'), { serialization: 'advanced' }))
  }

  get pid(): number {
    if (this.#child.pid === undefined) throw new Error('the load generator did not start')
    return this.#child.pid
  }

  /** @throws Error when a stream did not bring all its tokens */
  async play(round: Round): Promise<RoundAnswers> {
    const over = new AbortController()
    const ended = once(this.#child, 'exit', { signal: over.signal }).then(() => {
      throw new Error('the load generator ended')
    })
    const answered = once(this.#child, 'message', { signal: over.signal }) as Promise<[RoundResult]>
    this.#child.send(round)
    const [result] = await Promise.race([answered, ended])
    // Whoever did not come first listens no longer.
    ended.catch(() => undefined)
    over.abort()
    if ('fault' in result) throw new Error(result.fault)
    return result
  }

  async stop(): Promise<void> {
    const ended = once(this.#child, 'exit')
    this.#child.disconnect()
    await ended
  }
}
