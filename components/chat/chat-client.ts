import { ConversationActions } from '#components/conversations/conversation-actions.ts'
import { type ConversationList, createConversationList } from '#components/conversations/conversation-list.ts'
import { createFolderList, type FolderList } from '#components/conversations/folder-list.ts'
import { libraryApi } from '#components/conversations/library-api.ts'
import { createLibraryDialog } from '#components/conversations/library-dialog.ts'
import { createSelection, type Selection } from '#components/conversations/selection.ts'
import { createTrashList, type TrashList } from '#components/conversations/trash-list.ts'
import { wantsNotifications } from '#components/notifications/notification-choice.ts'
import { notifyOfAnswer } from '#components/notifications/notify-of-answer.ts'
import { forgetKept, forgetOthers } from '#components/offline/offline-storage.ts'
import { FoundWords } from '#components/search/found-words.ts'
import { listItemOf } from '#lib/chat/list-item-of.ts'
import type { Preferences } from '#lib/chat/preferences.ts'
import type {
  ConversationEvent,
  ConversationListItem,
  ConversationPage,
  Folder,
  ModelLabel,
  PersonaOption,
} from '#lib/chat/types.ts'
import { createCell } from './cell.ts'
import type { ChatApi } from './chat-api.ts'
import { isRunning } from './conversation-state.ts'
import type { ConversationStore } from './conversation-store.ts'
import { describeEnd } from './describe-end.ts'
import { startEventFeed } from './event-feed.ts'
import { chatApi } from './http-chat-api.ts'
import { MonthWatch } from './month-watch.ts'
import { OpenConversations } from './open-conversations.ts'
import { restWhileHidden } from './rest-while-hidden.ts'
import type { FocusWish } from './use-focus-wish.ts'
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
  isAdministrator: boolean
  /** An administrator who has no conversation yet: of whoever has just set this Stoa up. */
  isFirstLook: boolean
  /** Of the conversations that are neither pinned nor in a folder. */
  firstPage: ConversationPage
  pinnedPage: ConversationPage
  folders: Folder[]
}

/** Everything that the chat pages share while one of them is open. */
export class ChatClient {
  readonly api: ChatApi = chatApi
  readonly userId: string
  readonly personas: PersonaOption[]
  readonly preferences: Preferences
  readonly models: [ModelLabel, ...ModelLabel[]]
  readonly knowsAllModels: boolean
  readonly isAdministrator: boolean
  readonly isFirstLook: boolean
  readonly list: ConversationList
  readonly folders: FolderList
  readonly trash: TrashList
  /** What can be done with conversations, with the way back. */
  readonly actions: ConversationActions
  readonly selection: Selection
  /** What is asked about the library above the page. */
  readonly libraryDialog = createLibraryDialog()
  readonly month: MonthWatch
  readonly conversations: OpenConversations
  /** What a screen reader is told, once. */
  readonly announcement = createCell('')
  /** What a search has found in the message that it leads to. */
  readonly found = new FoundWords()
  /** What is to have the focus as soon as it is there. */
  readonly focusWish = createCell<FocusWish | null>(null)
  /** The conversation that is shown; NULL: a page that is none, where nothing follows the address by itself. */
  readonly shown = createCell<ConversationStore | null>(null)
  /** What is open above the page, whichever it is. */
  readonly overlay = createCell<'palette' | 'help' | null>(null)

  #isRunning = false
  #onStarted: (conversationId: string) => void = () => {}

  constructor(seed: ChatSeed) {
    this.userId = seed.userId
    this.personas = seed.personas
    this.preferences = seed.preferences
    this.models = seed.models
    this.knowsAllModels = seed.knowsAllModels
    this.isAdministrator = seed.isAdministrator
    this.isFirstLook = seed.isFirstLook
    this.folders = createFolderList(seed.folders, libraryApi)
    this.list = createConversationList(
      { recent: seed.firstPage, pinned: seed.pinnedPage },
      { api: libraryApi, onMoved: (before, after) => this.#moved(before, after) },
    )
    this.trash = createTrashList(libraryApi)
    this.selection = createSelection()
    this.actions = new ConversationActions({
      ...{ api: libraryApi, list: this.list, trash: this.trash, folders: this.folders },
      onRemoved: (ids) => this.#leave(ids),
      announce: (sentence) => this.announce(sentence),
    })
    this.month = new MonthWatch(this.api, seed.userId)
    this.conversations = new OpenConversations({
      ...{ seed, api: this.api, list: this.list, folders: this.folders },
      onStarted: (conversation) => {
        if (conversation.isTemporary) return
        this.list.put(listItemOf(conversation))
        this.#onStarted(conversation.id)
      },
      onEnded: (conversation, answer) => {
        if (!conversation.isTemporary) this.list.put(listItemOf(conversation))
        this.announce(describeEnd(this.personaLabel(answer.generation.persona), answer.generation))
        const isComplete = answer.generation.status === 'complete'
        void notifyOfAnswer({ userId: this.userId, conversation, isComplete })
        void this.month.answered()
      },
      onExchanged: (sentence) => {
        this.announce(sentence)
        this.focusComposer()
      },
    })
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
      // Whoever wants to be told of the end has the running answer read on.
      const isAwaited = wantsNotifications(this.userId)
      for (const store of this.conversations.all())
        if (!isAwaited || !isRunning(store.state.get().phase)) store.rest()
    })
    const endFeed = startEventFeed({
      userId: this.userId,
      onEvent: (event) => this.#apply(event),
      onCatchUp: () => this.#catchUp(),
    })
    const endReturns = whenBack(() => {
      for (const store of this.conversations.all()) store.reconnect()
      this.#catchUp()
    })
    const endOtherTabs = this.conversations.followOtherTabs()
    const leaveTemporary = () => this.conversations.temporary.leave()
    window.addEventListener('pagehide', leaveTemporary)
    this.conversations.sendWhatWaits()
    void forgetOthers(this.userId)
    void this.month.read()
    return () => {
      endResting()
      endFeed()
      endReturns()
      endOtherTabs()
      window.removeEventListener('pagehide', leaveTemporary)
    }
  }

  focusComposer(): void {
    this.focusWish.set({ conversationId: null, on: 'composer' })
  }

  async rename(id: string, title: string): Promise<void> {
    const renamed = await this.api.change(id, { title })
    this.#apply({ ...listItemOf(renamed), activeLeafId: renamed.activeLeafId, deleted: false })
  }

  personaLabel(id: string): string {
    return this.personas.find((persona) => persona.id === id)?.label ?? id
  }

  /** Has a screen reader say a sentence. */
  announce(sentence: string): void {
    // A text that is the same as the one before would not be announced again.
    const pause = this.announcement.get() === sentence ? '\u00a0' : ''
    this.announcement.set(sentence + pause)
  }

  #apply(event: ConversationEvent): void {
    this.list.apply(event)
    if (event.deleted) void forgetKept(this.userId, event.id)
    this.conversations.find(event.id)?.onEvent(event)
  }

  #moved(before: ConversationListItem | undefined, after: ConversationListItem | undefined): void {
    this.folders.count(before, after)
    if (after) this.conversations.find(after.id)?.place(after)
    if (before && !after) this.selection.drop(before.id)
  }

  /** They were deleted here: what waits in them is the person's again, where they write next. */
  #leave(ids: string[]): void {
    const shown = this.shown.get() && ids.find((id) => window.location.pathname === `/chat/${id}`)
    if (shown) window.history.pushState(null, '', '/')
    this.conversations.leave(ids)
    for (const id of ids) void forgetKept(this.userId, id)
  }

  #catchUp(): void {
    // When it fails, the next event or the next catching up brings what is missing.
    Promise.all([this.list.refresh(), this.folders.refresh()]).catch(() => undefined)
    for (const store of this.conversations.all()) store.catchUp()
  }
}
