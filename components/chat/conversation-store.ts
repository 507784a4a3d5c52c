import { MESSAGES_PER_PAGE } from '#lib/chat/branch-window.ts'
import type { Conversation, ConversationEvent } from '#lib/chat/types.ts'
import { AnswerFollower } from './answer-follower.ts'
import { type AnswerChoice, BranchActions } from './branch-actions.ts'
import { type Cell, createCell } from './cell.ts'
import type { RequestError } from './chat-api.ts'
import type { ConversationDialog, OpenMaking } from './conversation-dialog.ts'
import type { ConversationParts, ConversationSurroundings } from './conversation-parts.ts'
import { change, isSending, lookForUnsent } from './conversation-phase.ts'
import { ConversationReading } from './conversation-reading.ts'
import {
  type ConversationSeed,
  type ConversationState,
  initialState,
  isRunning,
} from './conversation-state.ts'
import { Delivery } from './delivery.ts'
import { EarlierMessages } from './earlier-messages.ts'
import { nextParentId } from './next-parent.ts'
import { createOutbox, type Outbox } from './outbox.ts'
import { createTranscript, type Transcript } from './transcript.ts'
import { TurnCourse } from './turn-course.ts'
import { VoiceChoice } from './voice-choice.ts'

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
  readonly earlier: EarlierMessages
  readonly dialog = createCell<ConversationDialog>(null)
  /** Of which answer it is shown how it was made. */
  readonly making = createCell<OpenMaking | null>(null)

  readonly #voice: VoiceChoice
  readonly #follower: AnswerFollower
  readonly #parts: ConversationParts
  readonly #reading: ConversationReading
  readonly #turns: TurnCourse

  constructor(seed: ConversationSeed, around: ConversationSurroundings) {
    this.id = seed.id
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
      onEmpty: () => this.#reading.nothingWaits(),
    })
    this.#voice = new VoiceChoice({
      ...{ conversationId: seed.id, api: around.api, state: this.state },
      onModelChosen: (model) => around.onModelChosen(model),
    })
    this.branches = new BranchActions({
      ...{ conversationId: seed.id, api: around.api, drafts: around.drafts, transcript: this.transcript },
      isIdle: () => {
        this.#lookForUnsent()
        return this.state.get().phase === 'idle'
      },
      begin: (turn) => this.#turns.begin(turn),
      post: (text, place) => this.#post(text, place),
      accept: (read) => this.#reading.accept(read),
      refuse: (notice) => change(this.#parts, { notice }),
    })
    this.#follower = new AnswerFollower(seed.id, this.transcript, around, {
      onStart: (turn, messageId) => this.#turns.started(messageId, turn.userMessageId),
      onEnd: (answer) => this.#turns.ended(answer),
      onLost: () => this.#turns.lost(),
      onFailure: (error) => this.#turns.failed(error),
      onReconnecting: (isReconnecting) => change(this.#parts, { isReconnecting }),
      onStorage: (isStored) => change(this.#parts, { isUnsaved: !isStored }),
    })
    this.#parts = {
      ...{ id: this.id, around, state: this.state, transcript: this.transcript, outbox: this.outbox },
      ...{ delivery: this.delivery, branches: this.branches, voice: this.#voice, follower: this.#follower },
    }
    this.#reading = new ConversationReading(this.#parts)
    this.earlier = new EarlierMessages(seed.id, around.api, this.transcript)
    this.#turns = new TurnCourse({
      ...{ parts: this.#parts, reading: this.#reading },
      giveBack: () => this.takeBack(),
    })
  }

  /** It is shown: follow what runs in it. `isFresh`: what is known of it was read just now. */
  open(isFresh: boolean): void {
    this.#reading.isOpen = true
    if (isSending(this.#parts)) return
    lookForUnsent(this.#parts)
    const { load, phase } = this.state.get()
    if (load !== 'new' && !isFresh) void this.refresh()
    else if (isRunning(phase) && !this.#follower.isFollowing) void this.#follower.resume()
    else this.delivery.resend()
  }

  /** It is shown no longer. What was sent keeps its connection until the server has acknowledged it. */
  close(): void {
    this.#reading.isOpen = false
    this.rest()
    // It is shown from its end again; what is being edited stays where it is.
    if (this.branches.editing.get() === null) this.transcript.keepLast(MESSAGES_PER_PAGE)
  }

  /** Shows a message of the branch that is shown, wherever on it; `elsewhere`: it is on no message of it. */
  reach(messageId: string): Promise<'shown' | 'elsewhere' | 'failed'> {
    return this.#reading.reach(messageId)
  }

  /**
   * Sends a message; while an answer is being stopped, as soon as that has ended.
   *
   * @returns false while an answer runs: the text is still the person's
   */
  send(text: string): boolean {
    // A message of another tab may wait here: one at a time, or one would take the other's place.
    this.#lookForUnsent()
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
    this.#reading.nothingWaits()
  }

  /** Takes the message that waits to be sent away; `restore` brings it back. */
  discard(): void {
    this.delivery.end()
    this.outbox.discard()
    this.#reading.nothingWaits()
  }

  restore(): void {
    this.outbox.restore()
    this.catchUp()
  }

  /** It stands elsewhere in the list now. */
  place({ pinned, archived, folderId }: Pick<Conversation, 'pinned' | 'archived' | 'folderId'>): void {
    const { conversation } = this.state.get()
    if (!conversation) return
    change(this.#parts, { conversation: { ...conversation, pinned, archived, folderId } })
  }

  /** The conversation was deleted from here. */
  leave(): void {
    this.close()
    this.#reading.gone()
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
    this.#turns.stop()
  }

  /** Sets the persona, the intensity or the model of the answers to come; false when that was not kept. */
  choose(choice: AnswerChoice): Promise<boolean> {
    return this.#voice.choose(choice)
  }

  /** What was chosen elsewhere for new conversations, as long as this is one. */
  begin(choice: Partial<Pick<ConversationState, 'model' | 'persona' | 'intensity' | 'folderId'>>): void {
    if (this.state.get().load === 'new') change(this.#parts, choice)
  }

  /** Something that was asked for beside the answers was not done. */
  report(notice: RequestError): void {
    change(this.#parts, { notice })
  }

  dismissNotice(): void {
    change(this.#parts, { notice: null })
  }

  /** Reads the conversation again, shows what is stored and follows what runs. */
  refresh(): Promise<void> {
    return this.#reading.refresh()
  }

  /** Something may have happened that nobody told. */
  catchUp(): void {
    this.#reading.catchUp()
  }

  /** What it was connected to may be gone without a word: after a sleep, or in another network. */
  reconnect(): void {
    if (this.#follower.isFollowing && !isSending(this.#parts)) void this.#follower.resume()
  }

  /** Gives the connection back, unless the server has still to acknowledge what was sent. */
  rest(): void {
    if (!isSending(this.#parts)) this.#follower.detach()
  }

  /** Something happened to this conversation, perhaps elsewhere. */
  onEvent(event: ConversationEvent): void {
    this.#reading.onEvent(event)
  }

  /** Whether this page has read the conversation, or nobody can have. */
  get #isKnown(): boolean {
    const { load } = this.state.get()
    return load === 'new' || load === 'ready'
  }

  #lookForUnsent(): void {
    if (!isSending(this.#parts)) lookForUnsent(this.#parts)
  }

  #post(text: string, { parentId, replaces }: { parentId: string | null; replaces: string | null }): void {
    const { load, phase, folderId, isTemporary } = this.state.get()
    const message = { id: this.outbox.messageId(text), text }
    const place =
      load === 'new'
        ? { ...(folderId !== null && { folderId }), ...(isTemporary && { temporary: true }) }
        : {}
    const request = { conversationId: this.id, ...place, ...this.#voice.chosen, parentId, message }
    const turn = { request, replaces, isFirst: load === 'new', createdAt: new Date().toISOString() }
    this.branches.notice.set(null)
    if (phase === 'stopping') {
      this.delivery.queue(turn)
      return
    }
    change(this.#parts, { phase: 'sending', notice: null })
    this.delivery.post(turn)
  }
}
