import { v7 as uuid } from 'uuid'
import type { ConversationList } from '#components/conversations/conversation-list.ts'
import type { FolderList } from '#components/conversations/folder-list.ts'
import { listItemOf } from '#lib/chat/list-item-of.ts'
import type { ConversationWithMessages } from '#lib/chat/types.ts'
import { conversationByOwnClock } from './by-own-clock.ts'
import type { ChatApi } from './chat-api.ts'
import type { ChatSeed } from './chat-client.ts'
import type { ConversationSurroundings } from './conversation-parts.ts'
import type { ConversationSeed } from './conversation-state.ts'
import { ConversationStore } from './conversation-store.ts'
import { createDraftStorage, type DraftStorage } from './draft-storage.ts'
import { NEW_DRAFT } from './outbox.ts'
import { createPacedFrames } from './paced-frames.ts'
import { TEMPORARY_PATH, TemporaryConversation } from './temporary-conversation.ts'
import { createUnsentStorage, isUnsentEntry, type UnsentStorage } from './unsent-storage.ts'
import { waitOrOnline } from './wait-or-online.ts'
import { warnBeforeLeaving } from './warn-before-leaving.ts'

interface Neighbours extends Pick<ConversationSurroundings, 'onStarted' | 'onEnded'> {
  seed: Pick<ChatSeed, 'userId' | 'defaultPersona' | 'preferences'>
  api: ChatApi
  list: ConversationList
  folders: FolderList
  /** The conversation that is begun is another one now, of which this is said; what is typed belongs in its composer. */
  onExchanged(sentence: string): void
}

/** Each conversation that was shown while the page is open, the one that is about to begin, and what was typed in them. */
export class OpenConversations {
  /** What was typed and not sent. */
  readonly drafts: DraftStorage
  readonly temporary: TemporaryConversation

  readonly #neighbours: Neighbours
  readonly #unsentTurns: UnsentStorage
  readonly #frames = createPacedFrames()
  readonly #stores = new Map<string, ConversationStore>()
  #new: ConversationStore | null = null
  #preferredModel: string | null

  constructor(neighbours: Neighbours) {
    const { seed, api } = neighbours
    this.#neighbours = neighbours
    this.#preferredModel = seed.preferences.model
    const warn = () =>
      warnBeforeLeaving(
        this.drafts.isForgetful() || this.#unsentTurns.isForgetful() || this.temporary.isForgetful,
      )
    this.drafts = createDraftStorage(seed.userId, undefined, warn)
    this.#unsentTurns = createUnsentStorage(seed.userId, undefined, warn)
    this.temporary = new TemporaryConversation({
      ...{ userId: seed.userId, api, onForgetful: warn },
      make: (typed) => this.#add(uuid(), null, { isNew: true, isTemporary: true }, typed),
      onGone: ({ id }) => this.#stores.delete(id),
    })
  }

  /** As `provider:model`: what a new conversation begins with; NULL: the usual one. */
  get preferredModel(): string | null {
    return this.#preferredModel
  }

  /** Those that are open now. */
  all(): Iterable<ConversationStore> {
    return this.#stores.values()
  }

  find(id: string): ConversationStore | undefined {
    return this.#stores.get(id)
  }

  /** The store of a conversation, with what the server has put into the page when this is its first use. */
  open(id: string, stored: ConversationWithMessages | null): ConversationStore {
    const known = this.#stores.get(id)
    return known ?? this.#add(id, stored && conversationByOwnClock(stored), { isNew: false })
  }

  /** The conversation that is not on the server yet. */
  openNew(): ConversationStore {
    if (this.#new?.state.get().load === 'new') return this.#new
    const waiting = this.#unsentTurns.keys().find((id) => this.#isNotStored(id))
    const draft = this.drafts.load(NEW_DRAFT)?.conversationId
    const wasStored = draft !== undefined && this.#isListed(draft)
    if (wasStored) this.drafts.clear(NEW_DRAFT)
    this.#new = this.#openUnstored(waiting ?? (wasStored ? uuid() : (draft ?? uuid())))
    return this.#new
  }

  isShownAsNew(conversationId: string): boolean {
    return this.#new?.id === conversationId
  }

  /** The next new conversation is begun in this folder, with its persona; NULL: in none. */
  beginIn(folderId: string | null): void {
    const { folders, seed } = this.#neighbours
    const store = this.openNew()
    if (store.state.get().folderId === folderId) return
    const persona = folders.find(folderId)?.persona ?? seed.defaultPersona
    store.begin({ folderId, persona })
  }

  /** Has the conversation that is about to begin be temporary, or not; what was typed and chosen goes along. */
  switchTemporary(isTemporary: boolean): void {
    const usual = this.openNew()
    const [from, to] = isTemporary ? [usual, this.temporary.store] : [this.temporary.store, usual]
    const { persona, intensity, model } = from.state.get()
    to.begin({ persona, intensity, model })
    const typed = [to.outbox.draft(), from.outbox.draft()].filter((text) => text !== '')
    from.outbox.type('')
    to.outbox.type(typed.join('\n\n'))
    window.history.replaceState(null, '', isTemporary ? TEMPORARY_PATH : '/')
    this.#neighbours.onExchanged(
      isTemporary ? 'This conversation is temporary.' : 'This conversation is kept.',
    )
  }

  /** Makes the temporary conversation one like any other. Throws a RequestError when it stays temporary. */
  async keepTemporary(): Promise<void> {
    const kept = await this.temporary.keep()
    if (!kept) return
    const { conversation, messages, drafts, unsentTurns } = kept
    const { id } = conversation
    for (const key of drafts.keys()) {
      const draft = drafts.load(key)
      if (draft) this.drafts.save(key, draft)
    }
    const unsent = unsentTurns.load(id)
    if (unsent) this.#unsentTurns.save(id, unsent)
    this.#add(id, { conversation, messages, summary: null }, { isNew: false })
    this.#neighbours.list.put(listItemOf(conversation))
    window.history.replaceState(null, '', `/chat/${id}`)
    this.#neighbours.onExchanged('This conversation is kept.')
  }

  /** They were deleted here: what waits in them is the person's again, where they write next. */
  leave(ids: string[]): void {
    for (const id of ids) {
      this.#stores.get(id)?.leave()
      this.#stores.delete(id)
    }
  }

  /** Messages wait in conversations that are not shown, too. */
  sendWhatWaits(): void {
    for (const id of this.#unsentTurns.keys()) {
      const store = this.#isNotStored(id) ? this.#openUnstored(id) : this.open(id, null)
      store.catchUp()
    }
  }

  /** What another tab has sent waits here no longer; until what is returned is called. */
  followOtherTabs(): () => void {
    const follow = ({ key, newValue }: StorageEvent) => {
      // What another tab has begun to send is no business of this one.
      if (newValue === null && isUnsentEntry(key)) this.#catchUpPending()
    }
    window.addEventListener('storage', follow)
    return () => window.removeEventListener('storage', follow)
  }

  #add(
    id: string,
    stored: ConversationWithMessages | null,
    kind: Pick<ConversationSeed, 'isNew' | 'isTemporary'>,
    typed: Pick<ConversationSurroundings, 'drafts' | 'unsentTurns'> = {
      drafts: this.drafts,
      unsentTurns: this.#unsentTurns,
    },
  ): ConversationStore {
    const { seed } = this.#neighbours
    const store = new ConversationStore(
      { ...{ id, stored, ...kind }, ...{ persona: seed.defaultPersona, model: this.#preferredModel } },
      { ...this.#surroundings(), ...typed },
    )
    this.#stores.set(id, store)
    return store
  }

  #surroundings(): Omit<ConversationSurroundings, 'drafts' | 'unsentTurns'> {
    const { api, onStarted, onEnded } = this.#neighbours
    return {
      ...{ api, schedule: this.#frames, wait: waitOrOnline, onEnded },
      onStarted: (conversation) => {
        onStarted(conversation)
        // The server is there and knows who asks: what waits elsewhere need not wait any longer.
        this.#catchUpPending()
      },
      onModelChosen: (model) => {
        this.#preferredModel = model
        this.#new?.begin({ model })
      },
    }
  }

  #catchUpPending(): void {
    for (const store of this.#stores.values()) if (store.delivery.isPending) store.catchUp()
  }

  /** Whether what waits under this id would begin a conversation. */
  #isNotStored(id: string): boolean {
    return this.#unsentTurns.load(id)?.isFirst === true && !this.#isListed(id)
  }

  #isListed(id: string): boolean {
    return this.#neighbours.list.find(id) !== undefined
  }

  #openUnstored(id: string): ConversationStore {
    return this.#stores.get(id) ?? this.#add(id, null, { isNew: true })
  }
}
