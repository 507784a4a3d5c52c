import { vi } from 'vitest'
import type { ConversationWithMessages } from '#lib/chat/types.ts'
import { RequestError } from '../chat-api.ts'
import { ConversationStore } from '../conversation-store.ts'
import { createDraftStorage, type DraftStorage } from '../draft-storage.ts'
import { createUnsentStorage, type UnsentStorage } from '../unsent-storage.ts'
import { ScriptedApi, ScriptedStream, started } from './scripted-api.ts'

export const unreachable = new RequestError('unreachable', 'The server cannot be reached.')

export interface Setup {
  store: ConversationStore
  api: ScriptedApi
  drafts: DraftStorage
  unsentTurns: UnsentStorage
  onStarted: ReturnType<typeof vi.fn>
  onEnded: ReturnType<typeof vi.fn>
  onModelChosen: ReturnType<typeof vi.fn>
  /** How long was waited before each further attempt, in ms. */
  waits: number[]
  /** Ends the waits that are held. */
  passTime(): Promise<void>
}

interface SetupOptions {
  /** What the browser has kept from before. */
  kept?: Map<string, string>
  /** Waits end only by `passTime`; otherwise at once. */
  holdsWaits?: boolean
  /** Arranges what the server answers before anything is asked. */
  arrange?(api: ScriptedApi): void
}

/** A conversation of a page whose server is scripted; a new one unless it is given what is stored. */
export function setUp(
  seed: ConversationWithMessages | null = null,
  { kept = new Map(), holdsWaits = false, arrange }: SetupOptions = {},
): Setup {
  const api = new ScriptedApi()
  arrange?.(api)
  const drafts = createDraftStorage('u1', () => storageOf(kept))
  const unsentTurns = createUnsentStorage('u1', () => storageOf(kept))
  const onStarted = vi.fn()
  const onEnded = vi.fn()
  const onModelChosen = vi.fn()
  const waits: number[] = []
  let held: (() => void)[] = []
  const store = new ConversationStore(
    { id: 'c1', persona: 'stoic', model: null, isNew: seed === null, stored: seed },
    {
      ...{ api, drafts, unsentTurns, onStarted, onEnded, onModelChosen },
      schedule: (callback) => {
        queueMicrotask(callback)
        return () => {}
      },
      wait: async (ms, signal) => {
        waits.push(ms)
        if (holdsWaits) await new Promise<void>((resolve) => held.push(resolve))
        signal.throwIfAborted()
      },
    },
  )
  if (!seed) store.open(true)
  async function passTime() {
    const over = held
    held = []
    for (const resolve of over) resolve()
    await settle()
  }
  return { store, api, drafts, unsentTurns, onStarted, onEnded, onModelChosen, waits, passTime }
}

/** The browser's storage over a map; full when it says so. */
export function storageOf(items: Map<string, string>, isFull = false): Storage {
  return {
    get length() {
      return items.size
    },
    key: (index: number) => [...items.keys()][index] ?? null,
    getItem: (name: string) => items.get(name) ?? null,
    removeItem: (name: string) => void items.delete(name),
    clear: () => items.clear(),
    setItem(name: string, value: string) {
      if (isFull) throw new DOMException('full', 'QuotaExceededError')
      items.set(name, value)
    },
  }
}

/** Lets everything that is ready happen. */
export async function settle(): Promise<void> {
  for (let turns = 0; turns < 30; turns += 1) await Promise.resolve()
}

export function texts(store: ConversationStore): string[] {
  return store.transcript.ids.get().map((id) => store.transcript.find(id)?.text ?? '')
}

/** The id under which a message was sent. */
export function sentId(api: ScriptedApi, index = 0): string {
  const request = api.sent.at(index)
  if (!request || !('message' in request)) throw new Error('No message was sent.')
  return request.message.id
}

/** Sends a message, and lets the server acknowledge it. */
export async function sendFirst({ store, api }: Setup, text = 'Hello'): Promise<ScriptedStream> {
  const stream = new ScriptedStream()
  api.sendReplies = [stream]
  if (!store.send(text)) throw new Error('The message was not taken.')
  await settle()
  stream.push(started('a1', sentId(api, -1)))
  await settle()
  return stream
}
