import { setTimeout as delay } from 'node:timers/promises'
import { v7 as uuid } from 'uuid'
import type { AssistantMessage } from '#lib/chat/types.ts'
import { createMemoryStorage, SoakPage } from './soak-page.ts'
import type { SoakRecord } from './soak-record.ts'

/** How answers behave, the everyday ones more often. */
const scenarios = [
  ...[
    'slow tokens=30 delay=10',
    'slow tokens=60 delay=20',
    'slow tokens=150 delay=15',
    'slow tokens=60 delay=20',
  ],
  ...['cut delay=20', 'length tokens=10 delay=10', 'reset delay=20', 'status code=503 times=1', 'empty'],
]

const MAX_TURNS = 12

/** Somebody who writes, waits or does not, stops, reloads, goes on, and starts again, until told to leave. */
export class SoakPerson {
  readonly #record: SoakRecord
  readonly #random: () => number
  readonly #storage = createMemoryStorage()
  #page: SoakPage
  #turns = 0
  /** Every conversation that was begun. */
  readonly conversationIds: string[] = []

  constructor(record: SoakRecord, random: () => number) {
    this.#record = record
    this.#random = random
    this.#page = this.#open(uuid(), true)
  }

  async live(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      if (this.#page.isAtRest) this.#act()
      else this.#perhapsInterfere()
      await delay(100)
    }
  }

  /** Until everything that was sent is acknowledged and every answer has ended. */
  async comeToRest(deadlineMs: number): Promise<boolean> {
    const deadline = performance.now() + deadlineMs
    while (!this.#page.isAtRest && performance.now() < deadline) {
      this.#page.store.catchUp()
      await delay(200)
    }
    const isAtRest = this.#page.isAtRest
    this.#page.close()
    return isAtRest
  }

  #act(): void {
    const { store } = this.#page
    const last = store.transcript.last()
    if (last?.role === 'assistant' && this.#tryAgain(last)) return
    if (this.#turns >= MAX_TURNS) {
      this.#page.close()
      this.#turns = 0
      this.#page = this.#open(uuid(), true)
    }
    this.#turns += 1
    const scenario = scenarios[Math.floor(this.#random() * scenarios.length)]
    // What was refused is in the composer again. Nothing else has the words of a new message: what the database and the
    // provider have of it is found by them.
    this.#page.store.send(this.#page.store.outbox.draft().trim() || `${uuid()} [scenario:${scenario}]`)
  }

  /** Goes on with what broke off, or asks again for what failed: as often as not. */
  #tryAgain({ parentId, text, generation }: AssistantMessage): boolean {
    if (generation.status === 'complete' || this.#chance(0.5)) return false
    if (generation.status === 'failed' || text.trim() === '') {
      if (parentId) this.#record.retried(parentId)
      this.#page.store.retry()
    } else {
      this.#record.continuations += 1
      this.#page.store.continueAnswer()
    }
    return true
  }

  #perhapsInterfere(): void {
    const chance = this.#random()
    if (chance < 0.02) this.#stop()
    else if (chance < 0.04) this.#reload()
  }

  #stop(): void {
    this.#record.stops += 1
    this.#page.store.stop()
  }

  #reload(): void {
    this.#record.reloads += 1
    const { id, state } = this.#page.store
    const isNew = state.get().load === 'new'
    this.#page.close()
    this.#page = this.#open(id, isNew)
  }

  #open(conversationId: string, isNew: boolean): SoakPage {
    if (!this.conversationIds.includes(conversationId)) this.conversationIds.push(conversationId)
    return new SoakPage(conversationId, isNew, this.#storage, this.#record)
  }

  #chance(probability: number): boolean {
    return this.#random() < probability
  }
}
