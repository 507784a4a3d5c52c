import type {
  AssistantMessage,
  Conversation,
  ConversationEvent,
  ConversationListItem,
  ConversationWithMessages,
} from '#lib/chat/types.ts'
import { AnswerFollower, type FollowerSurroundings } from './answer-follower.ts'
import { type AnswerChoice, BranchActions, type Turn } from './branch-actions.ts'
import { type Cell, createCell } from './cell.ts'
import { asRequestError, RequestError } from './chat-api.ts'
import type { ConversationDialog, OpenMaking } from './conversation-dialog.ts'
import {
  type ConversationSeed,
  type ConversationState,
  initialState,
  isRunning,
  isStreaming,
  placeholderConversation,
} from './conversation-state.ts'
import { Delivery } from './delivery.ts'
import type { DraftStorage } from './draft-storage.ts'
import { createFreshReader, type FreshReader } from './fresh-reader.ts'
import { keepShownText } from './keep-shown-text.ts'
import { nextParentId } from './next-parent.ts'
import { afterReading } from './notices.ts'
import { createOutbox, type Outbox } from './outbox.ts'
import { createTranscript, type Transcript } from './transcript.ts'
import type { UnsentStorage } from './unsent-storage.ts'
import { VoiceChoice } from './voice-choice.ts'

/** What a conversation needs of the page around it. */
export interface ConversationSurroundings extends FollowerSurroundings {
  drafts: DraftStorage
  unsentTurns: UnsentStorage
  /** A turn was acknowledged: the conversation is on the server, in this state. */
  onStarted(conversation: Conversation): void
  /** An answer that was read here has ended. */
  onEnded(conversation: Conversation, answer: AssistantMessage): void
  /** A model was chosen; NULL: the usual one. */
  onModelChosen(model: string | null): void
}

/**
 * One conversation as this page has it: what is shown, what runs, what is being typed. It outlives the components that
 * show it, so that going away and coming back costs nothing.
 */
export class ConversationStore {
  readonly id: string
  readonly state: Cell<ConversationState>
  readonly transcript: Transcript
  readonly outbox: Outbox
  readonly delivery: Delivery
  readonly branches: BranchActions
  readonly dialog = createCell<ConversationDialog>(null)
  /** Of which answer it is shown how it was made. */
  readonly making = createCell<OpenMaking | null>(null)
  readonly #voice: VoiceChoice

  readonly #around: ConversationSurroundings
  readonly #follower: AnswerFollower
  readonly #reader: FreshReader
  #isOpen = false
  /** Whether something was told, another version perhaps, that was not read because a turn was on its way. */
  #hasMissed = false
  /** What was told of this conversation while the page knew nothing else of it. */
  #toldEarly: ConversationListItem | null = null

  constructor(seed: ConversationSeed, around: ConversationSurroundings) {
    this.id = seed.id
    this.#around = around
    this.transcript = createTranscript(seed.stored?.messages)
    this.state = createCell(initialState(seed))
    this.outbox = createOutbox({
      conversationId: seed.id,
      drafts: around.drafts,
      unsentTurns: around.unsentTurns,
      isNew: () => this.state.get().load === 'new',
      isStored: (messageId) => this.transcript.find(messageId) !== undefined,
    })
    this.delivery = new Delivery({
      outbox: this.outbox,
      wait: around.wait,
      again: () => (this.#isKnown ? this.delivery.resend() : void this.refresh()),
      isFree: () => this.state.get().phase === 'waiting' && this.#isKnown,
      newestId: () => nextParentId(this.transcript),
      start: (request, question) => {
        this.#voice.ask(request)
        void this.#follower.start(request, question)
      },
      leave: () => this.#follower.detach(),
      onEmpty: () => this.#nothingWaits(),
    })
    this.#voice = new VoiceChoice({
      ...{ conversationId: seed.id, api: around.api, state: this.state },
      onModelChosen: (model) => around.onModelChosen(model),
    })
    this.#reader = createFreshReader({
      read: () => around.api.read(seed.id),
      isHeld: () => this.#isSending,
      onRead: (read) => this.#accept(read),
      onRefusal: (error) => this.#notRead(error),
    })
    this.branches = new BranchActions({
      ...{ conversationId: seed.id, api: around.api, drafts: around.drafts, transcript: this.transcript },
      isIdle: () => {
        if (!this.#isSending) this.#lookForUnsent()
        return this.state.get().phase === 'idle'
      },
      begin: (turn) => this.#begin(turn),
      post: (text, place) => this.#post(text, place),
      accept: (read) => {
        this.#reader.touch()
        if (!this.#isSending) this.#accept(read)
      },
      refuse: (notice) => this.#set({ notice }),
    })
    this.#follower = new AnswerFollower(seed.id, this.transcript, around, {
      onStart: (turn, messageId) => this.#started(messageId, turn.userMessageId),
      onEnd: (answer) => this.#ended(answer),
      onLost: () => this.#lost(),
      onFailure: (error) => this.#failed(error),
      onReconnecting: (isReconnecting) => this.#set({ isReconnecting }),
      onStorage: (isStored) => this.#set({ isUnsaved: !isStored }),
    })
  }

  /** It is shown: follow what runs in it. `isFresh`: what is known of it was read just now. */
  open(isFresh: boolean): void {
    this.#isOpen = true
    if (this.#isSending) return
    this.#lookForUnsent()
    const { load, phase } = this.state.get()
    if (load !== 'new' && !isFresh) void this.refresh()
    else if (isRunning(phase) && !this.#follower.isFollowing) void this.#follower.resume()
    else this.delivery.resend()
  }

  /** It is shown no longer. What was sent keeps its connection until the server has acknowledged it. */
  close(): void {
    this.#isOpen = false
    this.rest()
  }

  /**
   * Sends a message; while an answer is being stopped, as soon as that has ended.
   *
   * @returns false while an answer runs: the text is still the person's
   */
  send(text: string): boolean {
    // A message of another tab may wait here: one at a time, or one would take the other's place.
    if (!this.#isSending) this.#lookForUnsent()
    const { phase } = this.state.get()
    if ((phase !== 'idle' && phase !== 'stopping') || this.delivery.isPending) return false
    this.#post(text, { parentId: nextParentId(this.transcript), replaces: null })
    this.outbox.type('')
    return true
  }

  /** Takes the message that waits to be sent back, to be changed where it was written. */
  takeBack(): void {
    this.delivery.end()
    const turn = this.outbox.takeBack()
    if (turn && !this.branches.editAgain(turn)) this.outbox.refill(turn.request.message)
    this.#nothingWaits()
  }

  /** Takes the message that waits to be sent away; `restore` brings it back. */
  discard(): void {
    this.delivery.end()
    this.outbox.discard()
    this.#nothingWaits()
  }

  restore(): void {
    this.outbox.restore()
    this.catchUp()
  }

  /** Asks for another answer to the last message. */
  retry(): void {
    const last = this.transcript.last()
    if (last?.role === 'assistant' && last.parentId !== null) this.branches.regenerate(last.parentId, {})
  }

  /** Asks for more of the last answer, which ended before it was finished. */
  continueAnswer(): void {
    this.branches.continueLast()
  }

  /** Stops the running answer. What is shown stays. */
  stop(): void {
    const { phase } = this.state.get()
    if (phase !== 'sending' && phase !== 'streaming') return
    this.#set({ phase: 'stopping', notice: null })
    // Before the acknowledgement there is nothing to stop; see #started.
    if (phase === 'streaming') void this.#requestStop()
  }

  /** Sets the persona, the intensity or the model of the answers to come; false when that was not kept. */
  choose(choice: AnswerChoice): Promise<boolean> {
    return this.#voice.choose(choice)
  }

  /** What was chosen elsewhere for new conversations, as long as this is one. */
  begin(choice: Pick<ConversationState, 'model'>): void {
    if (this.state.get().load === 'new') this.#set(choice)
  }

  dismissNotice(): void {
    this.#set({ notice: null })
  }

  /** Reads the conversation again, shows what is stored and follows what runs. */
  refresh(): Promise<void> {
    return this.#reader.refresh()
  }

  /** Something may have happened that nobody told. */
  catchUp(): void {
    if (this.#isSending) {
      this.#hasMissed = true
      return
    }
    this.#lookForUnsent()
    if (!this.#isOpen && !this.delivery.isPending) return
    if (this.state.get().load === 'new') this.delivery.resend()
    else void this.refresh()
  }

  /** What it was connected to may be gone without a word: after a sleep, or in another network. */
  reconnect(): void {
    if (this.#follower.isFollowing && !this.#isSending) void this.#follower.resume()
  }

  /** Gives the connection back, unless the server has still to acknowledge what was sent. */
  rest(): void {
    if (!this.#isSending) this.#follower.detach()
  }

  /** Something happened to this conversation, perhaps elsewhere. */
  onEvent({ deleted, activeLeafId, ...item }: ConversationEvent): void {
    const { conversation, phase } = this.state.get()
    // A reading under way may have begun before it.
    this.#reader.touch()
    if (!conversation) {
      // Events have a connection of their own: a title can be told before the beginning of the first answer is heard of.
      if (!deleted) this.#toldEarly = item
      return
    }
    if (deleted) {
      this.#gone()
      return
    }
    const changed = { ...conversation, ...item }
    const isSame = JSON.stringify(changed) === JSON.stringify(conversation)
    this.#set({ conversation: changed })
    if (this.#isSending) this.#hasMissed = true
    if (this.#isSending || !this.#isOpen) return
    const isOtherBranch = activeLeafId !== (this.transcript.last()?.id ?? null)
    const isOutOfStep = item.running ? !isRunning(phase) : phase !== 'idle' && !this.#follower.isFollowing
    // A change that shows in nothing else is one of persona, intensity or model.
    if (isOtherBranch || isOutOfStep || isSame) void this.refresh()
  }

  #set(change: Partial<ConversationState>): void {
    this.state.set({ ...this.state.get(), ...change })
  }

  /** Whether a turn is on its way that the server has not acknowledged. */
  get #isSending(): boolean {
    return this.state.get().phase === 'sending' || this.delivery.isSending
  }

  /** Whether this page has read the conversation, or nobody can have. */
  get #isKnown(): boolean {
    const { load } = this.state.get()
    return load === 'new' || load === 'ready'
  }

  #post(text: string, { parentId, replaces }: { parentId: string | null; replaces: string | null }): void {
    const { phase } = this.state.get()
    const message = { id: this.outbox.messageId(text), text }
    const request = { conversationId: this.id, ...this.#voice.chosen, parentId, message }
    const isFirst = this.state.get().load === 'new'
    const turn = { request, replaces, isFirst, createdAt: new Date().toISOString() }
    this.branches.notice.set(null)
    if (phase === 'stopping') {
      this.delivery.queue(turn)
      return
    }
    this.#set({ phase: 'sending', notice: null })
    this.delivery.post(turn)
  }

  #lookForUnsent(): void {
    this.outbox.sync()
    const { phase } = this.state.get()
    if (this.delivery.isPending && phase === 'idle') this.#set({ phase: 'waiting' })
    else if (!this.delivery.isPending && phase === 'waiting') this.#set({ phase: 'idle' })
  }

  #nothingWaits(): void {
    if (this.state.get().phase === 'waiting') this.#set({ phase: 'idle' })
    if (this.#isOpen && this.state.get().load === 'ready') void this.refresh()
  }

  #begin(turn: Turn): void {
    // An answer that is continued keeps its voice; any other turn sets that of the answers to come.
    const request = 'generationId' in turn ? turn : { ...this.#voice.chosen, ...turn }
    this.#voice.ask('generationId' in turn ? {} : turn)
    this.branches.notice.set(null)
    this.#set({ phase: 'sending', notice: null })
    void this.#follower.start({ conversationId: this.id, ...request })
  }

  #started(messageId: string, userMessageId: string): void {
    this.#reader.touch()
    const { phase, conversation } = this.state.get()
    if (phase === 'streaming') return
    this.delivery.acknowledged(userMessageId)
    this.branches.settle()
    const question = this.transcript.find(userMessageId)?.text ?? ''
    const known = conversation ?? {
      ...placeholderConversation(this.id, question, this.state.get()),
      ...this.#toldEarly,
    }
    const started = { ...known, running: true, activeLeafId: messageId }
    this.#set({
      ...{ load: 'ready', conversation: started, ...this.#voice.asked },
      phase: phase === 'stopping' ? 'stopping' : 'streaming',
    })
    this.#around.onStarted(started)
    if (this.#hasMissed) void this.refresh()
    this.#hasMissed = false
    if (phase === 'stopping') void this.#requestStop()
    if (!this.#isOpen) this.#follower.detach()
  }

  #ended(answer: AssistantMessage): void {
    this.#reader.touch()
    const { conversation } = this.state.get()
    const ended = conversation && { ...conversation, running: false }
    this.#set({ phase: this.#phaseAtRest, conversation: ended, isReconnecting: false, isUnsaved: false })
    if (ended) this.#around.onEnded(ended, answer)
    // A server that was killed has shown up to a second more than it had stored: what goes on, goes on from that.
    if (answer.generation.errorCode === 'interrupted') void this.refresh()
    this.delivery.resend()
  }

  get #phaseAtRest(): 'idle' | 'waiting' {
    return this.delivery.isPending ? 'waiting' : 'idle'
  }

  /** A message that was not acknowledged waits, or goes back to the person when it would be refused again. */
  #notSent(error: RequestError): void {
    const { phase } = this.state.get()
    if (this.delivery.refused(error, phase !== 'stopping')) this.#set({ phase: 'waiting' })
    else {
      this.#set({ phase: 'waiting', notice: error })
      this.takeBack()
      if (error.code === 'message_id_taken') this.outbox.forgetIds()
    }
    if (error.code === 'generation_running') void this.refresh()
  }

  /** What runs is not what is shown; or what was sent has ended, perhaps begun at all, before its beginning was heard of. */
  #lost(): void {
    if (this.#isSending) this.#failed(new RequestError('unreachable', 'The connection broke off.'))
    // Of a conversation that is not known to be there yet, the message that is sent again will tell.
    if (this.state.get().load !== 'new') void this.refresh()
  }

  /** Another turn that was never acknowledged is taken back; a running answer that cannot be read is only said. */
  #failed(error: RequestError): void {
    if (this.delivery.isSending) {
      this.#notSent(error)
      return
    }
    const { phase } = this.state.get()
    if (error.code === 'message_id_taken') this.branches.forgetIds()
    const wasAsked = this.branches.takeBack()
    // The answer goes on; it is followed again after signing in.
    if (!wasAsked && error.code === 'signed_out') {
      this.#set({ isReconnecting: false, notice: error })
      return
    }
    const isGone = error.code === 'not_found' && phase === 'streaming'
    this.#set({
      ...{ phase: this.#phaseAtRest, isReconnecting: false, isUnsaved: false, notice: error },
      ...(isGone && { load: 'missing' }),
    })
    if (error.code === 'generation_running') void this.refresh()
  }

  get #runningId(): string | undefined {
    const last = this.transcript.last()
    return last?.role === 'assistant' && isStreaming(last) ? last.generation.id : undefined
  }

  async #requestStop(): Promise<void> {
    try {
      const { stopped } = await this.#around.api.stop(this.id, this.#runningId)
      if (!stopped && this.state.get().phase === 'stopping') await this.refresh()
    } catch (error) {
      if (this.state.get().phase === 'stopping')
        this.#set({ phase: 'streaming', notice: asRequestError(error) })
    }
  }

  #notRead(error: RequestError): void {
    const { load } = this.state.get()
    if (error.code === 'not_found') this.#gone()
    // What is shown stays; the next reading brings what is missing.
    else if (load !== 'ready') this.#set({ load: 'failed', notice: error })
    if (error.code === 'not_found') return
    if (this.delivery.isPending) this.delivery.postpone(error)
    else if (error.code === 'signed_out') this.#set({ notice: error })
  }

  /** The conversation was deleted: what waits in it is the person's again, where they write next. */
  #gone(): void {
    this.outbox.moveToNew()
    this.delivery.end()
    this.#follower.detach()
    this.#set({ load: 'missing', phase: 'idle' })
  }

  #accept({ conversation, messages, summary }: ConversationWithMessages): void {
    this.transcript.replaceAll(
      messages.map((message) => keepShownText(this.transcript.find(message.id), message)),
    )
    const runs = isStreaming(messages.at(-1))
    const settled = this.outbox.reconcile()
    if (settled !== null) this.branches.settleEdited(settled)
    const { phase, notice } = this.state.get()
    this.#set({
      load: 'ready',
      ...{ conversation, summary },
      ...this.#voice.afterReading(conversation),
      phase: !runs ? this.#phaseAtRest : phase === 'stopping' ? 'stopping' : 'streaming',
      notice: afterReading(notice, runs),
      ...(!runs && { isUnsaved: false, isReconnecting: false }),
    })
    if (!runs) {
      this.#follower.detach()
      this.delivery.resend()
    } else if (this.#isOpen && !this.#follower.isFollowing) void this.#follower.resume()
  }
}
