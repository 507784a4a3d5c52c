import type { Conversation, Message } from '#lib/chat/types.ts'
import { createCell } from './cell.ts'
import type { ChatApi } from './chat-api.ts'
import type { ConversationStore } from './conversation-store.ts'
import { createDraftStorage, type DraftStorage } from './draft-storage.ts'
import { createUnsentStorage, type UnsentStorage } from './unsent-storage.ts'

/** Where a temporary conversation is begun and shown. */
export const TEMPORARY_PATH = '/?temporary'

/** What was typed in a conversation, and what waits in it to be sent. */
interface Typed {
  drafts: DraftStorage
  unsentTurns: UnsentStorage
}

interface TemporaryConversationOptions {
  userId: string
  api: Pick<ChatApi, 'change' | 'erase'>
  /** Makes one that is not on the server yet. */
  make(typed: Typed): ConversationStore
  /** It is this page's no longer. */
  onGone(store: ConversationStore): void
  /** Whether something would be lost with the page may have changed. */
  onForgetful(): void
}

/** The temporary conversation of this page. The browser keeps nothing of it, and it is erased when it is left. */
export class TemporaryConversation {
  /** Counts those that were left: what is shown is another one then. */
  readonly round = createCell(0)
  readonly #options: TemporaryConversationOptions
  #open: (Typed & { store: ConversationStore }) | null = null
  #leaving: ReturnType<typeof setTimeout> | undefined

  constructor(options: TemporaryConversationOptions) {
    this.#options = options
  }

  /** The one that is open; a new one when there is none. */
  get store(): ConversationStore {
    this.#open ??= this.#begin()
    return this.#open.store
  }

  /** Whether something typed or unsent in it would go with the page. */
  get isForgetful(): boolean {
    return this.#open !== null && (this.#open.drafts.isForgetful() || this.#open.unsentTurns.isForgetful())
  }

  /** It is shown, until what is returned is called: then it is left, unless it is shown again at once. */
  show(): () => void {
    clearTimeout(this.#leaving)
    return () => {
      this.#leaving = setTimeout(() => this.leave())
    }
  }

  /** Stops and erases it. The server does so by itself an hour later, should it not hear of this. */
  leave(): void {
    if (!this.#open) return
    const { store } = this.#open
    const { load, phase } = store.state.get()
    this.#open = null
    store.leave()
    this.#options.onGone(store)
    if (load === 'ready' || phase !== 'idle') this.#options.api.erase(store.id)
    this.#options.onForgetful()
    this.round.set(this.round.get() + 1)
  }

  /**
   * Makes it a conversation like any other, which this page has then to open anew: with what is known of it, and what was
   * typed in it. Throws a RequestError when it stays temporary.
   */
  async keep(): Promise<(Typed & { conversation: Conversation; messages: Message[] }) | null> {
    const kept = this.#open
    if (!kept) return null
    const { store, ...typed } = kept
    const conversation = await this.#options.api.change(store.id, { temporary: false })
    // It was left meanwhile, and is erased or about to be.
    if (this.#open !== kept) return null
    const messages = store.transcript.ids.get().flatMap((id) => store.transcript.find(id) ?? [])
    this.#open = null
    store.close()
    this.#options.onGone(store)
    this.#options.onForgetful()
    return { ...typed, conversation, messages }
  }

  #begin(): Typed & { store: ConversationStore } {
    const { userId, make, onForgetful } = this.#options
    const typed = {
      drafts: createDraftStorage(userId, noStorage, onForgetful),
      unsentTurns: createUnsentStorage(userId, noStorage, onForgetful),
    }
    return { ...typed, store: make(typed) }
  }
}

/** In the place of the browser's, so that all is held in memory only. */
function noStorage(): Storage {
  throw new Error('Nothing of a temporary conversation is stored.')
}
