import type { ChatRequest } from '#lib/chat/chat-request.ts'
import type { TurnStart } from '#lib/chat/turn-stream.ts'
import type { AssistantMessage, GenerationView, UserMessage } from '#lib/chat/types.ts'
import { type ChatApi, RequestError } from './chat-api.ts'
import { followTurn } from './follow-turn.ts'
import type { TurnEvent } from './read-turn-stream.ts'
import { createTextBuffer, type ScheduleFrame, type TextBuffer } from './text-buffer.ts'
import type { Transcript } from './transcript.ts'

export interface FollowerSurroundings {
  api: ChatApi
  schedule: ScheduleFrame
  wait(ms: number, signal: AbortSignal): Promise<void>
}

interface FollowerEvents {
  /** The server has the turn. */
  onStart(turn: TurnStart, messageId: string): void
  onEnd(answer: AssistantMessage): void
  /** What runs is not what is shown: read the conversation again. */
  onLost(): void
  onFailure(error: RequestError): void
  onReconnecting(isReconnecting: boolean): void
  /** Whether the server can store what it shows. */
  onStorage(isStored: boolean): void
}

/** Reads the running answer of one conversation into its transcript, one connection at a time. */
export class AnswerFollower {
  readonly #conversationId: string
  readonly #transcript: Transcript
  readonly #around: FollowerSurroundings
  readonly #events: FollowerEvents
  #connection: AbortController | null = null
  #answer: { id: string; buffer: TextBuffer } | null = null
  /** The message that is being sent: it is shown with the others as soon as the server has it. */
  #question: UserMessage | null = null

  constructor(
    conversationId: string,
    transcript: Transcript,
    around: FollowerSurroundings,
    events: FollowerEvents,
  ) {
    this.#conversationId = conversationId
    this.#transcript = transcript
    this.#around = around
    this.#events = events
  }

  get isFollowing(): boolean {
    return this.#connection !== null
  }

  /** Sends a turn and reads its answer. */
  start(request: ChatRequest, question: UserMessage | null = null): Promise<void> {
    this.detach()
    this.#question = question
    return this.#follow((signal) => this.#around.api.send(request, signal))
  }

  /** Goes on reading the answer that runs. */
  resume(): Promise<void> {
    this.detach()
    const last = this.#transcript.last()
    if (last) this.#take(last.id, last.text)
    return this.#follow()
  }

  /** Leaves the connection; the answer goes on without this reader. */
  detach(): void {
    this.#answer?.buffer.flush()
    this.#answer = null
    this.#question = null
    this.#connection?.abort()
    this.#connection = null
  }

  async #follow(send?: (signal: AbortSignal) => ReturnType<ChatApi['follow']>): Promise<void> {
    const connection = new AbortController()
    this.#connection = connection
    const { signal } = connection
    let outcome: 'ended' | 'gone' | RequestError
    try {
      outcome = await followTurn({
        ...(send && { send }),
        resume: (resumed) => this.#openRest(resumed),
        signal,
        wait: this.#around.wait,
        onEvent: (event) => this.#apply(event),
        onReconnecting: this.#events.onReconnecting,
      })
    } catch (error) {
      if (signal.aborted) return
      if (!(error instanceof RequestError)) throw error
      outcome = error
    }
    if (signal.aborted) return
    this.detach()
    if (outcome === 'gone') this.#events.onLost()
    else if (outcome !== 'ended') this.#events.onFailure(outcome)
  }

  #openRest(signal: AbortSignal) {
    return this.#around.api.follow(this.#conversationId, this.#answer?.buffer.text.length ?? 0, signal)
  }

  #apply(event: TurnEvent): void {
    if (event.type === 'start') this.#begin(event.messageId, event.turn)
    else if (event.type === 'text') this.#addText(event.delta, event.end)
    else if (event.type === 'storage') this.#events.onStorage(event.isStored)
    else this.#end(event.generation)
  }

  #begin(messageId: string, turn: TurnStart): void {
    const { generation, userMessageId } = turn
    const shown = this.#transcript.find(messageId)
    // Another answer runs, or this one was continued elsewhere, perhaps from fewer words than are shown here.
    const isOther = shown?.role === 'assistant' && shown.generation.id !== generation.id
    if (this.#answer && (this.#answer.id !== messageId || isOther)) {
      this.#lose()
      return
    }
    const isPlaced = this.#placeQuestion()
    if (isPlaced && !shown) {
      this.#transcript.append({
        id: messageId,
        parentId: userMessageId,
        role: 'assistant',
        text: '',
        createdAt: new Date().toISOString(),
        isCleared: false,
        generation,
      })
    } else if (shown?.role === 'assistant' && !this.#answer) {
      // An answer that is continued: it grows from what is shown.
      this.#transcript.update(messageId, () => ({ ...shown, generation }))
    }
    // A turn that was sent is answered from its beginning on: more may be shown of an answer that is continued than a server
    // that was killed had stored, and what comes goes on from what was stored.
    if (!this.#answer) this.#take(messageId, '')
    this.#events.onStart(turn, messageId)
    if (!isPlaced) this.#lose()
  }

  /** Shows what was sent; false when what it follows is not shown. */
  #placeQuestion(): boolean {
    const question = this.#question
    this.#question = null
    if (!question) return true
    // Another version of the first message that is shown follows one that is not.
    const isFirst = question.parentId === (this.#transcript.first()?.parentId ?? null)
    if (!isFirst && !this.#transcript.find(question.parentId ?? '')) return false
    if (!this.#transcript.find(question.id)) this.#transcript.append(question)
    return true
  }

  #take(id: string, text: string): void {
    const show = (shown: string) => this.#transcript.update(id, (message) => ({ ...message, text: shown }))
    this.#answer = { id, buffer: createTextBuffer(text, show, this.#around.schedule) }
  }

  /** A piece may overlap with what is shown, when the stream was opened again; it never leaves a gap. */
  #addText(delta: string, end: number): void {
    if (!this.#answer) return
    const { buffer } = this.#answer
    const missing = end - buffer.text.length
    if (missing > delta.length) this.#lose()
    else if (missing > 0) buffer.append(delta.slice(delta.length - missing))
  }

  #end(generation: GenerationView): void {
    if (!this.#answer) return
    const { id, buffer } = this.#answer
    buffer.flush()
    this.#transcript.update(id, (message) =>
      message.role === 'assistant' ? { ...message, generation } : message,
    )
    const answer = this.#transcript.find(id)
    if (answer?.role === 'assistant') this.#events.onEnd(answer)
  }

  #lose(): void {
    this.detach()
    this.#events.onLost()
  }
}
