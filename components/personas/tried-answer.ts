import { v7 as uuid } from 'uuid'
import { AnswerFollower, type FollowerSurroundings } from '#components/chat/answer-follower.ts'
import { type Cell, createCell } from '#components/chat/cell.ts'
import { RequestError } from '#components/chat/chat-api.ts'
import { createTranscript, type Transcript } from '#components/chat/transcript.ts'
import type { SendMessage } from '#lib/chat/chat-request.ts'
import type { AssistantMessage, Conversation, Message } from '#lib/chat/types.ts'

/** Who is asked, and what. */
export type TriedQuestion = Pick<SendMessage, 'persona' | 'intensity' | 'model'> & { text: string }

export interface TriedState {
  phase: 'idle' | 'sending' | 'streaming' | 'stopping' | 'ended'
  /** What was asked last. */
  question: TriedQuestion | null
  /** The answer, once the server has begun it. */
  answer: Cell<Message> | null
  /** Why it was not asked, or cannot be read or kept. */
  fault: RequestError | null
  /** Until when the server wants to be left alone, in ms since 1970. */
  waitUntil: number | null
  isReconnecting: boolean
}

interface TriedSurroundings extends FollowerSurroundings {
  onEnd(answer: AssistantMessage): void
}

const atRest: TriedState = {
  ...{ phase: 'idle', question: null, answer: null, fault: null, waitUntil: null, isReconnecting: false },
}

/** One side of a trial: each question begins a temporary conversation of its own, which is read to its end or left. */
export class TriedAnswer {
  readonly state = createCell<TriedState>(atRest)
  readonly #around: TriedSurroundings
  #request: SendMessage | null = null
  #transcript: Transcript = createTranscript()
  #follower: AnswerFollower | null = null

  constructor(around: TriedSurroundings) {
    this.#around = around
  }

  get isRunning(): boolean {
    const { phase } = this.state.get()
    return phase !== 'idle' && phase !== 'ended'
  }

  ask(question: TriedQuestion): void {
    this.leave()
    const { text, ...voice } = question
    const message = { id: uuid(), text }
    this.#send({ conversationId: uuid(), parentId: null, message, temporary: true, ...voice }, question)
  }

  /** Asks once more: a question that did not arrive is sent as it was, so that it cannot be asked twice. */
  askAgain(): void {
    const { question, answer } = this.state.get()
    if (!question || this.isRunning) return
    if (answer || !this.#request) this.ask(question)
    else this.#send(this.#request, question)
  }

  stop(): void {
    const { phase } = this.state.get()
    if (phase !== 'sending' && phase !== 'streaming') return
    this.#set({ phase: 'stopping' })
    // Before the acknowledgement there is nothing to stop; see #started.
    if (phase === 'streaming') void this.#requestStop()
  }

  /** Nobody reads it any more: what still runs is stopped, since it is of no use to anybody. */
  leave(): void {
    if (this.isRunning) void this.#requestStop()
    this.#follower?.detach()
    this.#follower = null
    this.#request = null
    this.state.set(atRest)
  }

  /** Makes it a conversation like any other; NULL when that did not work. */
  async keep(): Promise<Conversation | null> {
    if (!this.#request) return null
    try {
      return await this.#around.api.change(this.#request.conversationId, { temporary: false })
    } catch (error) {
      if (!(error instanceof RequestError)) throw error
      this.#set({ fault: error })
      return null
    }
  }

  #set(change: Partial<TriedState>): void {
    this.state.set({ ...this.state.get(), ...change })
  }

  #send(request: SendMessage, question: TriedQuestion): void {
    this.#request = request
    this.#transcript = createTranscript()
    this.state.set({ ...atRest, phase: 'sending', question })
    const follower = new AnswerFollower(request.conversationId, this.#transcript, this.#around, {
      onStart: (_turn, messageId) => this.#started(messageId),
      onEnd: (answer) => this.#ended(answer),
      onLost: () => void this.#readStored(request),
      onFailure: (error) => this.#failed(error),
      onReconnecting: (isReconnecting) => this.#set({ isReconnecting }),
      // That it is not saved for the moment is no loss: it is temporary.
      onStorage: () => {},
    })
    this.#follower = follower
    void follower.start(request, {
      ...{ id: request.message.id, parentId: null, role: 'user', text: request.message.text },
      ...{ siblingIds: [], createdAt: new Date().toISOString(), isCleared: false },
    })
  }

  #started(messageId: string): void {
    const isStopping = this.state.get().phase === 'stopping'
    this.#set({ phase: isStopping ? 'stopping' : 'streaming', answer: this.#transcript.cellOf(messageId) })
    if (isStopping) void this.#requestStop()
  }

  #ended(answer: AssistantMessage): void {
    this.#set({ phase: 'ended', isReconnecting: false, fault: null })
    this.#around.onEnd(answer)
  }

  #failed(fault: RequestError): void {
    const { retryAfterSeconds } = fault
    const waitUntil = retryAfterSeconds === undefined ? null : Date.now() + retryAfterSeconds * 1000
    this.#set({ phase: 'ended', isReconnecting: false, fault, waitUntil })
  }

  /** The answer has ended while the connection was lost, or begun before its beginning was heard of. */
  async #readStored(request: SendMessage): Promise<void> {
    // What was asked or left meanwhile has nothing to do with it.
    const isWanted = () => this.#request === request
    try {
      const { messages } = await this.#around.api.read(request.conversationId)
      if (!isWanted()) return
      this.#transcript.replaceAll(messages)
      const last = this.#transcript.last()
      if (last?.role !== 'assistant') throw new RequestError('not_found', 'The answer is gone. Ask again.')
      this.#set({ answer: this.#transcript.cellOf(last.id) })
      if (last.generation.status === 'streaming') void this.#follower?.resume()
      else this.#ended(last)
    } catch (error) {
      if (!(error instanceof RequestError)) throw error
      if (isWanted()) this.#failed(error)
    }
  }

  async #requestStop(): Promise<void> {
    const request = this.#request
    if (!request) return
    try {
      await this.#around.api.stop(request.conversationId, undefined)
    } catch (error) {
      if (!(error instanceof RequestError)) throw error
      // Of one that was left nobody is told: it ends by itself.
      if (this.#request === request && this.state.get().phase === 'stopping')
        this.#set({ phase: 'streaming', fault: error })
    }
  }
}
