import type { ConversationEvent, ConversationListItem, ConversationWithMessages } from '#lib/chat/types.ts'
import { asRequestError, type RequestError } from './chat-api.ts'
import type { ConversationParts } from './conversation-parts.ts'
import { change, isSending, lookForUnsent, phaseAtRest } from './conversation-phase.ts'
import { isRunning, isStreaming } from './conversation-state.ts'
import { createFreshReader, type FreshReader } from './fresh-reader.ts'
import { keepShownText } from './keep-shown-text.ts'
import { afterReading } from './notices.ts'

/** Keeps what is shown of a conversation what the server has: when to read it again, and what a reading changes. */
export class ConversationReading {
  /** Whether the conversation is shown. */
  isOpen = false

  readonly #parts: ConversationParts
  readonly #reader: FreshReader
  /** Whether something was told, another version perhaps, that was not read because a turn was on its way. */
  #hasMissed = false
  /** What was told of this conversation while the page knew nothing else of it. */
  #toldEarly: ConversationListItem | null = null

  constructor(parts: ConversationParts) {
    this.#parts = parts
    this.#reader = createFreshReader({
      // All that is shown, since versions and marks may have come to older messages, too.
      read: () => parts.around.api.read(parts.id, parts.transcript.first()?.id),
      isHeld: () => isSending(parts),
      onRead: (read) => this.#show(read),
      onRefusal: (error) => this.#notRead(error),
    })
  }

  /** Reads the conversation again, shows what is stored and follows what runs. */
  refresh(): Promise<void> {
    return this.#reader.refresh()
  }

  /**
   * Shows a message of the branch that is shown, with all that follows it.
   *
   * @returns `elsewhere` when it is on none of its messages; `failed` when that could not be asked, which is said
   */
  async reach(messageId: string): Promise<'shown' | 'elsewhere' | 'failed'> {
    const { id, around, transcript } = this.#parts
    try {
      const read = await around.api.read(id, messageId)
      if (!read.messages.some((message) => message.id === messageId)) return 'elsewhere'
      const first = read.messages.findIndex((message) => message.id === transcript.first()?.id)
      // Of what is shown something may be on its way: only what comes before it is news.
      if (first >= 0) transcript.prepend(read.messages.slice(0, first))
      else this.accept(read)
      return transcript.find(messageId) ? 'shown' : 'failed'
    } catch (error) {
      change(this.#parts, { notice: asRequestError(error) })
      return 'failed'
    }
  }

  /** Something has changed by another way: a reading under way may have begun before it. */
  touch(): void {
    this.#reader.touch()
  }

  /** Something may have happened that nobody told. */
  catchUp(): void {
    const { state, delivery } = this.#parts
    if (isSending(this.#parts)) {
      this.#hasMissed = true
      return
    }
    lookForUnsent(this.#parts)
    if (!this.isOpen && !delivery.isPending) return
    if (state.get().load === 'new') delivery.resend()
    else void this.refresh()
  }

  /** A turn was acknowledged: what was told while it was on its way can be read. */
  readMissed(): void {
    if (this.#hasMissed) void this.refresh()
    this.#hasMissed = false
  }

  /** There is nothing to send: what waited was taken back, or sent in another tab. */
  nothingWaits(): void {
    const { state } = this.#parts
    if (state.get().phase === 'waiting') change(this.#parts, { phase: 'idle' })
    if (this.isOpen && state.get().load === 'ready') void this.refresh()
  }

  /** What the server's events have told of a conversation that this page has not read. */
  get toldEarly(): ConversationListItem | null {
    return this.#toldEarly
  }

  /** Something happened to this conversation, perhaps elsewhere. */
  onEvent({ deleted, activeLeafId, ...item }: ConversationEvent): void {
    const { state, transcript, follower } = this.#parts
    const { conversation, phase } = state.get()
    this.touch()
    if (!conversation) {
      // Events have a connection of their own: a title can be told before the beginning of the first answer is heard of.
      if (!deleted) this.#toldEarly = item
      return
    }
    if (deleted) {
      this.gone()
      return
    }
    const changed = { ...conversation, ...item }
    const isSame = JSON.stringify(changed) === JSON.stringify(conversation)
    change(this.#parts, { conversation: changed })
    const isHeld = isSending(this.#parts)
    if (isHeld) this.#hasMissed = true
    if (isHeld || !this.isOpen) return
    const isOtherBranch = activeLeafId !== (transcript.last()?.id ?? null)
    const isOutOfStep = item.running ? !isRunning(phase) : phase !== 'idle' && !follower.isFollowing
    // A change that shows in nothing else is one of persona, intensity or model.
    if (isOtherBranch || isOutOfStep || isSame) void this.refresh()
  }

  /** Shows what the server answered to a change of the tree, unless a turn is on its way. */
  accept(read: ConversationWithMessages): void {
    this.touch()
    if (!isSending(this.#parts)) this.#show(read)
  }

  #show({ conversation, messages, summary }: ConversationWithMessages): void {
    const { state, transcript, outbox, delivery, branches, voice, follower } = this.#parts
    transcript.replaceAll(messages.map((message) => keepShownText(transcript.find(message.id), message)))
    const runs = isStreaming(messages.at(-1))
    const settled = outbox.reconcile()
    if (settled !== null) branches.settleEdited(settled)
    const { phase, notice } = state.get()
    change(this.#parts, {
      load: 'ready',
      ...{ conversation, summary },
      ...voice.afterReading(conversation),
      phase: !runs ? phaseAtRest(this.#parts) : phase === 'stopping' ? 'stopping' : 'streaming',
      notice: afterReading(notice, runs),
      ...(!runs && { isUnsaved: false, isReconnecting: false }),
    })
    if (!runs) {
      follower.detach()
      delivery.resend()
    } else if (this.isOpen && !follower.isFollowing) void follower.resume()
  }

  #notRead(error: RequestError): void {
    const { state, delivery } = this.#parts
    if (error.code === 'not_found') {
      this.gone()
      return
    }
    // What is shown stays; the next reading brings what is missing.
    if (state.get().load !== 'ready') change(this.#parts, { load: 'failed', notice: error })
    if (delivery.isPending) delivery.postpone(error)
    else if (error.code === 'signed_out') change(this.#parts, { notice: error })
  }

  /** The conversation was deleted: what waits in it is the person's again, where they write next. */
  gone(): void {
    const { outbox, delivery, follower } = this.#parts
    outbox.moveToNew()
    delivery.end()
    follower.detach()
    change(this.#parts, { load: 'missing', phase: 'idle' })
  }
}
