import type { AssistantMessage } from '#lib/chat/types.ts'
import type { Turn } from './branch-actions.ts'
import { asRequestError, RequestError } from './chat-api.ts'
import type { ConversationParts } from './conversation-parts.ts'
import { change, isSending, phaseAtRest } from './conversation-phase.ts'
import type { ConversationReading } from './conversation-reading.ts'
import { isStreaming, placeholderConversation } from './conversation-state.ts'

interface TurnCourseOptions {
  parts: ConversationParts
  reading: ConversationReading
  /** A message that the server would refuse again is the person's again. */
  giveBack(): void
}

/** The course of a conversation's turns as this page sends and follows them: begun, acknowledged, stopped, ended or failed. */
export class TurnCourse {
  readonly #parts: ConversationParts
  readonly #reading: ConversationReading
  readonly #giveBack: () => void

  constructor({ parts, reading, giveBack }: TurnCourseOptions) {
    this.#parts = parts
    this.#reading = reading
    this.#giveBack = giveBack
  }

  /** Sends a turn that is shown already. */
  begin(turn: Turn): void {
    const { id, branches, voice, follower } = this.#parts
    // An answer that is continued keeps its voice; any other turn sets that of the answers to come.
    const request = 'generationId' in turn ? turn : { ...voice.chosen, ...turn }
    voice.ask('generationId' in turn ? {} : turn)
    branches.notice.set(null)
    change(this.#parts, { phase: 'sending', notice: null })
    void follower.start({ conversationId: id, ...request })
  }

  /** Stops the running answer. What is shown stays. */
  stop(): void {
    const { phase } = this.#parts.state.get()
    if (phase !== 'sending' && phase !== 'streaming') return
    change(this.#parts, { phase: 'stopping', notice: null })
    // Before the acknowledgement there is nothing to stop; see `started`.
    if (phase === 'streaming') void this.#requestStop()
  }

  /** The server has the turn, and writes its answer. */
  started(messageId: string, userMessageId: string): void {
    const { id, around, state, transcript, delivery, branches, voice, follower } = this.#parts
    this.#reading.touch()
    const { phase, conversation } = state.get()
    if (phase === 'streaming') return
    delivery.acknowledged(userMessageId)
    branches.settle()
    const question = transcript.find(userMessageId)?.text ?? ''
    const known = conversation ?? {
      ...placeholderConversation(id, question, state.get()),
      ...this.#reading.toldEarly,
    }
    const started = { ...known, running: true, activeLeafId: messageId }
    change(this.#parts, {
      ...{ load: 'ready', conversation: started, ...voice.asked },
      phase: phase === 'stopping' ? 'stopping' : 'streaming',
    })
    around.onStarted(started)
    this.#reading.readMissed()
    if (phase === 'stopping') void this.#requestStop()
    if (!this.#reading.isOpen) follower.detach()
  }

  ended(answer: AssistantMessage): void {
    const { around, state, delivery } = this.#parts
    this.#reading.touch()
    const { conversation } = state.get()
    const ended = conversation && { ...conversation, running: false }
    change(this.#parts, {
      ...{ phase: phaseAtRest(this.#parts), conversation: ended },
      ...{ isReconnecting: false, isUnsaved: false },
    })
    if (ended) around.onEnded(ended, answer)
    // A server that was killed has shown up to a second more than it had stored: what goes on, goes on from that.
    if (answer.generation.errorCode === 'interrupted') void this.#reading.refresh()
    delivery.resend()
  }

  /** What runs is not what is shown; or what was sent has ended, perhaps begun at all, before its beginning was heard of. */
  lost(): void {
    if (isSending(this.#parts)) this.failed(new RequestError('unreachable', 'The connection broke off.'))
    // Of a conversation that is not known to be there yet, the message that is sent again will tell.
    if (this.#parts.state.get().load !== 'new') void this.#reading.refresh()
  }

  /** Another turn that was never acknowledged is taken back; a running answer that cannot be read is only said. */
  failed(error: RequestError): void {
    const { state, delivery, branches } = this.#parts
    if (delivery.isSending) {
      this.#notSent(error)
      return
    }
    const { phase } = state.get()
    if (error.code === 'message_id_taken') branches.forgetIds()
    const wasAsked = branches.takeBack()
    // The answer goes on; it is followed again after signing in.
    if (!wasAsked && error.code === 'signed_out') {
      change(this.#parts, { isReconnecting: false, notice: error })
      return
    }
    const isGone = error.code === 'not_found' && phase === 'streaming'
    change(this.#parts, {
      ...{ phase: phaseAtRest(this.#parts), isReconnecting: false, isUnsaved: false, notice: error },
      ...(isGone && { load: 'missing' }),
    })
    if (error.code === 'generation_running') void this.#reading.refresh()
  }

  /** A message that was not acknowledged waits, or goes back to the person when it would be refused again. */
  #notSent(error: RequestError): void {
    const { state, outbox, delivery } = this.#parts
    const { phase } = state.get()
    if (delivery.refused(error, phase !== 'stopping')) change(this.#parts, { phase: 'waiting' })
    else {
      change(this.#parts, { phase: 'waiting', notice: error })
      this.#giveBack()
      if (error.code === 'message_id_taken') outbox.forgetIds()
    }
    if (error.code === 'generation_running') void this.#reading.refresh()
  }

  get #runningId(): string | undefined {
    const last = this.#parts.transcript.last()
    return last?.role === 'assistant' && isStreaming(last) ? last.generation.id : undefined
  }

  async #requestStop(): Promise<void> {
    const { id, around, state } = this.#parts
    try {
      const { stopped } = await around.api.stop(id, this.#runningId)
      if (!stopped && state.get().phase === 'stopping') await this.#reading.refresh()
    } catch (error) {
      if (state.get().phase === 'stopping')
        change(this.#parts, { phase: 'streaming', notice: asRequestError(error) })
    }
  }
}
