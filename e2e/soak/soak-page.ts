import { setTimeout as delay } from 'node:timers/promises'
import type { ChatApi } from '#components/chat/chat-api.ts'
import type { ConversationSurroundings } from '#components/chat/conversation-parts.ts'
import { ConversationStore } from '#components/chat/conversation-store.ts'
import { createDraftStorage } from '#components/chat/draft-storage.ts'
import { chatApi } from '#components/chat/http-chat-api.ts'
import type { TurnEvent } from '#components/chat/read-turn-stream.ts'
import { createUnsentStorage } from '#components/chat/unsent-storage.ts'
import type { SoakRecord } from './soak-record.ts'

const FRAME_MS = 16

/** The browser's storage of one person, which outlives every page. */
export function createMemoryStorage(): Storage {
  const items = new Map<string, string>()
  return {
    get length() {
      return items.size
    },
    clear: () => items.clear(),
    key: (index) => [...items.keys()][index] ?? null,
    getItem: (name) => items.get(name) ?? null,
    removeItem: (name) => void items.delete(name),
    setItem: (name, value) => void items.set(name, value),
  }
}

/**
 * One conversation as a page has it: the very state that the browser runs, without a browser. What it sends and shows is
 * written down by the record.
 */
export class SoakPage {
  readonly store: ConversationStore
  readonly #record: SoakRecord
  readonly #endings: (() => void)[] = []

  constructor(conversationId: string, isNew: boolean, storage: Storage, record: SoakRecord) {
    this.#record = record
    const around: ConversationSurroundings = {
      api: recordingApi(record),
      drafts: createDraftStorage('soak', () => storage),
      unsentTurns: createUnsentStorage('soak', () => storage),
      schedule: (callback) => {
        const timer = setTimeout(callback, FRAME_MS)
        return () => clearTimeout(timer)
      },
      wait: async (ms, signal) => {
        await delay(Math.min(ms, 1_000), undefined, { signal })
      },
      onStarted: () => undefined,
      onEnded: () => undefined,
      onModelChosen: () => undefined,
    }
    this.store = new ConversationStore(
      { id: conversationId, persona: 'stoic', model: null, isNew, stored: null },
      around,
    )
    this.#endings.push(this.store.transcript.ids.subscribe(() => this.#watch()))
    this.store.open(isNew)
  }

  /** Whether nothing runs and nothing waits. */
  get isAtRest(): boolean {
    const { phase, load } = this.store.state.get()
    return phase === 'idle' && (load === 'ready' || load === 'new')
  }

  /** Leaves as a closed tab does: at once, with nothing said. */
  close(): void {
    for (const end of this.#endings) end()
    this.store.close()
  }

  readonly #watched = new Set<string>()

  #watch(): void {
    for (const id of this.store.transcript.ids.get()) {
      const message = this.store.transcript.find(id)
      if (message?.role !== 'assistant' || this.#watched.has(id)) continue
      this.#watched.add(id)
      const cell = this.store.transcript.cellOf(id)
      const see = () => this.#record.show(id, this.store.id, cell.get().text, performance.now())
      this.#endings.push(cell.subscribe(see))
      see()
    }
  }
}

/** The page's own calls, with what is sent and acknowledged written down. */
function recordingApi(record: SoakRecord): ChatApi {
  return {
    ...chatApi,
    async send(request, signal) {
      if ('message' in request) {
        record.sending({ ...request.message, conversationId: request.conversationId })
      }
      return noticeStart(await chatApi.send(request, signal), record)
    },
  }
}

async function* noticeStart(
  events: AsyncIterable<TurnEvent>,
  record: SoakRecord,
): AsyncGenerator<TurnEvent, void> {
  for await (const event of events) {
    if (event.type === 'start') record.acknowledged(event.turn.userMessageId)
    yield event
  }
}
