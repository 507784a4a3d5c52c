import { v7 as uuid } from 'uuid'
import { type ConversationList, createConversationList } from '#components/conversations/conversation-list.ts'
import type { Preferences } from '#lib/chat/preferences.ts'
import type {
  ConversationEvent,
  ConversationPage,
  ConversationWithMessages,
  ModelLabel,
  PersonaOption,
} from '#lib/chat/types.ts'
import { conversationByOwnClock } from './by-own-clock.ts'
import { createCell } from './cell.ts'
import { type ChatApi, chatApi } from './chat-api.ts'
import type { ConversationSurroundings } from './conversation-parts.ts'
import { ConversationStore } from './conversation-store.ts'
import { describeEnd } from './describe-end.ts'
import { createDraftStorage, type DraftStorage } from './draft-storage.ts'
import { startEventFeed } from './event-feed.ts'
import { MonthWatch } from './month-watch.ts'
import { NEW_DRAFT } from './outbox.ts'
import { createPacedFrames } from './paced-frames.ts'
import { restWhileHidden } from './rest-while-hidden.ts'
import { createUnsentStorage, isUnsentEntry, type UnsentStorage } from './unsent-storage.ts'
import { waitOrOnline } from './wait-or-online.ts'
import { warnBeforeLeaving } from './warn-before-leaving.ts'
import { whenBack } from './when-back.ts'

export interface ChatSeed {
  userId: string
  personas: PersonaOption[]
  /** Of new conversations: the person's choice, else the library's. */
  defaultPersona: string
  /** A persona or a model that is not on offer any more is NULL in it. */
  preferences: Preferences
  /** Those that a person may choose from; the first is the usual one. */
  models: [ModelLabel, ...ModelLabel[]]
  /** Otherwise a provider has not told yet which models it has. */
  knowsAllModels: boolean
  /** An administrator who has no conversation yet: of whoever has just set this Stoa up. */
  isFirstLook: boolean
  firstPage: ConversationPage
}

/** Everything that the chat pages share while one of them is open: the list, and each conversation that was shown. */
export class ChatClient {
  readonly api: ChatApi = chatApi
  readonly personas: PersonaOption[]
  readonly preferences: Preferences
  readonly models: [ModelLabel, ...ModelLabel[]]
  readonly knowsAllModels: boolean
  readonly isFirstLook: boolean
  readonly list: ConversationList
  readonly month: MonthWatch
  /** What a screen reader is told, once. */
  readonly announcement = createCell('')
  /** Counts the wishes to have the composer focused. */
  readonly composerFocus = createCell(0)
  /** Whether there is a screen that follows the address by itself. */
  isScreenShown = false

  readonly #seed: ChatSeed
  readonly #drafts: DraftStorage
  readonly #unsentTurns: UnsentStorage
  readonly #frames = createPacedFrames()
  readonly #stores = new Map<string, ConversationStore>()
  #new: ConversationStore | null = null
  #preferredModel: string | null
  #isRunning = false
  #onStarted: (conversationId: string) => void = () => {}

  constructor(seed: ChatSeed) {
    this.#seed = seed
    this.personas = seed.personas
    this.preferences = seed.preferences
    this.models = seed.models
    this.knowsAllModels = seed.knowsAllModels
    this.isFirstLook = seed.isFirstLook
    this.#preferredModel = seed.preferences.model
    this.list = createConversationList(seed.firstPage, this.api)
    this.month = new MonthWatch(this.api, seed.userId)
    const warn = () => warnBeforeLeaving(this.#drafts.isForgetful() || this.#unsentTurns.isForgetful())
    this.#drafts = createDraftStorage(seed.userId, undefined, warn)
    this.#unsentTurns = createUnsentStorage(seed.userId, undefined, warn)
  }

  /** What was typed and not sent. */
  get drafts(): DraftStorage {
    return this.#drafts
  }

  /** As `provider:model`: what a new conversation begins with; NULL: the usual one. */
  get preferredModel(): string | null {
    return this.#preferredModel
  }

  /** Whether what the server has put into the page is still what it has: until the page runs. */
  get isFresh(): boolean {
    return !this.#isRunning
  }

  /** Follows what happens, until what is returned is called. */
  start(onStarted: (conversationId: string) => void): () => void {
    this.#isRunning = true
    this.#onStarted = onStarted
    const endResting = restWhileHidden(() => {
      for (const store of this.#stores.values()) store.rest()
    })
    const endFeed = startEventFeed({
      userId: this.#seed.userId,
      onEvent: (event) => this.#apply(event),
      onCatchUp: () => this.#catchUp(),
    })
    const endReturns = whenBack(() => {
      for (const store of this.#stores.values()) store.reconnect()
      this.#catchUp()
    })
    const followOtherTabs = ({ key, newValue }: StorageEvent) => {
      // What another tab has begun to send is no business of this one; what it has sent waits here no longer.
      if (newValue !== null || !isUnsentEntry(key)) return
      for (const store of this.#stores.values()) if (store.delivery.isPending) store.catchUp()
    }
    window.addEventListener('storage', followOtherTabs)
    this.#sendWhatWaits()
    void this.month.read()
    return () => {
      endResting()
      endFeed()
      endReturns()
      window.removeEventListener('storage', followOtherTabs)
    }
  }

  /** The store of a conversation, with what the server has put into the page when this is its first use. */
  conversation(id: string, stored: ConversationWithMessages | null): ConversationStore {
    const known = this.#stores.get(id)
    return known ?? this.#add(id, stored, false)
  }

  /** The conversation that is not on the server yet. */
  newConversation(): ConversationStore {
    if (this.#new?.state.get().load === 'new') return this.#new
    const waiting = this.#unsentTurns.keys().find((id) => this.#isNotStored(id))
    const draft = this.#drafts.load(NEW_DRAFT)?.conversationId
    const wasStored = draft !== undefined && this.#isListed(draft)
    if (wasStored) this.#drafts.clear(NEW_DRAFT)
    this.#new = this.#openNew(waiting ?? (wasStored ? uuid() : (draft ?? uuid())))
    return this.#new
  }

  isShownAsNew(conversationId: string): boolean {
    return this.#new?.id === conversationId
  }

  focusComposer(): void {
    this.composerFocus.set(this.composerFocus.get() + 1)
  }

  async rename(id: string, title: string): Promise<void> {
    const { activeLeafId, titleSource, lastActivityAt, running, ...renamed } = await this.api.change(id, {
      title,
    })
    this.#apply({
      id,
      title: renamed.title,
      titleSource,
      lastActivityAt,
      running,
      activeLeafId,
      deleted: false,
    })
  }

  async remove(id: string): Promise<void> {
    await this.api.remove(id)
    this.list.remove(id)
    const store = this.#stores.get(id)
    // First, or it would look at what is left of itself.
    store?.close()
    store?.discard()
    this.#stores.delete(id)
  }

  personaLabel(id: string): string {
    return this.personas.find((persona) => persona.id === id)?.label ?? id
  }

  #add(id: string, stored: ConversationWithMessages | null, isNew: boolean): ConversationStore {
    const store = new ConversationStore(
      {
        ...{ id, stored: stored && conversationByOwnClock(stored), isNew },
        ...{ persona: this.#seed.defaultPersona, model: this.#preferredModel },
      },
      this.#surroundings(),
    )
    this.#stores.set(id, store)
    return store
  }

  #surroundings(): ConversationSurroundings {
    return {
      api: this.api,
      drafts: this.#drafts,
      unsentTurns: this.#unsentTurns,
      schedule: this.#frames,
      wait: waitOrOnline,
      onStarted: ({ id, title, titleSource, lastActivityAt, running }) => {
        this.list.put({ id, title, titleSource, lastActivityAt, running })
        this.#onStarted(id)
        // The server is there and knows who asks: what waits elsewhere need not wait any longer.
        for (const store of this.#stores.values()) if (store.delivery.isPending) store.catchUp()
      },
      onEnded: ({ id, title, titleSource, lastActivityAt, running }, answer) => {
        this.list.put({ id, title, titleSource, lastActivityAt, running })
        this.announce(describeEnd(this.personaLabel(answer.generation.persona), answer.generation))
        void this.month.answered()
      },
      onModelChosen: (model) => {
        this.#preferredModel = model
        this.#new?.begin({ model })
      },
    }
  }

  /** Has a screen reader say a sentence. */
  announce(sentence: string): void {
    // A text that is the same as the one before would not be announced again.
    const pause = this.announcement.get() === sentence ? '\u00a0' : ''
    this.announcement.set(sentence + pause)
  }

  #apply(event: ConversationEvent): void {
    this.list.apply(event)
    this.#stores.get(event.id)?.onEvent(event)
  }

  /** Messages wait in conversations that are not shown, too. */
  #sendWhatWaits(): void {
    for (const id of this.#unsentTurns.keys()) {
      const store = this.#isNotStored(id) ? this.#openNew(id) : this.conversation(id, null)
      store.catchUp()
    }
  }

  /** Whether what waits under this id would begin a conversation. */
  #isNotStored(id: string): boolean {
    return this.#unsentTurns.load(id)?.isFirst === true && !this.#isListed(id)
  }

  #isListed(id: string): boolean {
    return this.list.items.get().some((item) => item.id === id)
  }

  #openNew(id: string): ConversationStore {
    return this.#stores.get(id) ?? this.#add(id, null, true)
  }

  #catchUp(): void {
    // When it fails, the next event or the next catching up brings what is missing.
    this.list.refresh().catch(() => undefined)
    for (const store of this.#stores.values()) store.catchUp()
  }
}
