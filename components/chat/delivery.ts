import type { SendMessage } from '#lib/chat/chat-request.ts'
import type { UserMessage } from '#lib/chat/types.ts'
import type { Cell } from './cell.ts'
import type { RequestError } from './chat-api.ts'
import type { Outbox } from './outbox.ts'
import { isWorthWaiting, Resender, type Wait } from './resender.ts'
import type { UnsentTurn } from './unsent-storage.ts'

interface DeliveryOptions {
  outbox: Outbox
  wait(ms: number, signal: AbortSignal): Promise<void>
  /** A pause is over: what waits is tried again. */
  again(): void
  /** Whether nothing stands in the way of sending what waits. */
  isFree(): boolean
  /** The message that the next one follows. */
  newestId(): string | null
  start(request: SendMessage, question: UserMessage): void
  /** Leaves the connection over which a message is being sent. */
  leave(): void
  /** There is nothing to send: it was sent or taken back in another tab. */
  onEmpty(): void
}

/** Brings the messages of one conversation to the server: what was not acknowledged waits, and is sent again. */
export class Delivery {
  readonly #options: DeliveryOptions
  readonly #resender: Resender

  constructor(options: DeliveryOptions) {
    this.#options = options
    this.#resender = new Resender({ wait: options.wait, send: () => options.again() })
  }

  /** Why the unsent message waits; NULL while it is sent for the first time, and without one. */
  get wait(): Cell<Wait | null> {
    return this.#resender.wait
  }

  get #unsent(): UnsentTurn | null {
    return this.#options.outbox.unsent.get()
  }

  /** Whether a message is on its way or waits. */
  get isPending(): boolean {
    return this.#unsent !== null
  }

  /** Whether a message is on its way right now. */
  get isSending(): boolean {
    return this.#resender.isSending
  }

  /** Sends a message for the first time. */
  post(turn: UnsentTurn): void {
    this.#options.outbox.put(turn)
    this.#send(turn)
  }

  /** Sends a message as soon as the answer before it has ended. */
  queue(turn: UnsentTurn): void {
    this.#options.outbox.put(turn)
    this.#resender.hold()
  }

  /** Sends what waits, unless something stands in its way or it was sent or taken back in another tab. */
  resend(): void {
    const { outbox, isFree } = this.#options
    if (this.isSending) return
    const wasPending = this.isPending
    outbox.sync()
    const turn = this.#unsent
    if (!turn) {
      this.#resender.end()
      if (wasPending) this.#options.onEmpty()
      return
    }
    if (!isFree() || this.#resender.isHeld) {
      if (!this.wait.get()) this.#resender.hold()
      return
    }
    this.#send(this.#inPlace(turn))
  }

  /** The server has a message. */
  acknowledged(messageId: string): void {
    if (this.#options.outbox.acknowledge(messageId)) this.#resender.end()
  }

  /** What was sent was refused: true when it waits now, false when it is the person's again. */
  refused(error: RequestError, isWanted: boolean): boolean {
    if (isWanted && isWorthWaiting(error)) {
      this.#resender.refused(error)
      return true
    }
    this.#resender.end()
    return false
  }

  /** The server could not be asked about a message that waits. */
  postpone(error: RequestError): void {
    if (this.isPending && !this.isSending && isWorthWaiting(error)) this.#resender.refused(error)
  }

  /** Nothing waits any more: the message was taken back, or is on the server. */
  end(): void {
    if (this.isSending) this.#options.leave()
    this.#resender.end()
  }

  #send(turn: UnsentTurn): void {
    const { request, createdAt } = turn
    const { message, parentId } = request
    this.#resender.begin()
    this.#options.start(request, {
      ...{ ...message, parentId, createdAt, role: 'user', siblingIds: [message.id], isCleared: false },
    })
  }

  /** After the answer that kept it waiting, a message that was to be the next one follows that answer. */
  #inPlace(turn: UnsentTurn): UnsentTurn {
    const parentId = this.#options.newestId()
    const wait = this.wait.get()
    const hasWaitedForAnswer =
      wait !== null && (wait.refusal === null || wait.refusal.code === 'generation_running')
    if (turn.replaces !== null || !hasWaitedForAnswer || turn.request.parentId === parentId) return turn
    const moved = { ...turn, request: { ...turn.request, parentId } }
    this.#options.outbox.put(moved)
    return moved
  }
}
