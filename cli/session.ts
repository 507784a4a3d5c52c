import type { z } from 'zod'
import { type Answer, type ApiEvent, stopAnswerSchema } from '#lib/api/chat.ts'
import type { conversationSchema } from '#lib/api/conversations.ts'
import type { Intensity } from '#lib/chat/types.ts'
import { Failure } from './failure.ts'
import type { StoaClient } from './stoa-client.ts'

export type ConversationEntry = z.infer<typeof conversationSchema>

/** Who answers; what is missing is as the conversation, or the server, has it. */
export interface Choice {
  persona?: string | undefined
  intensity?: Intensity | undefined
  model?: string | undefined
}

/** The conversation that one talks in from a terminal: which it is, who answers, and what was last said. */
export class Session {
  readonly client: StoaClient
  conversationId: string | null = null
  choice: Choice
  /** Who answers next, as far as it is known. */
  persona: string | null
  last: Answer | null = null
  /** Where the answer is that was asked for. */
  #place: PromiseWithResolvers<string | null> | null = null

  constructor(client: StoaClient, choice: Choice = {}) {
    this.client = client
    this.choice = choice
    this.persona = choice.persona ?? null
  }

  /**
   * Where the conversation is in the API.
   *
   * @throws Failure usage: there is none yet
   */
  get path(): string {
    if (this.conversationId) return `/conversations/${this.conversationId}`
    throw new Failure('usage', 'Nothing was said yet. Write a message first, or /open a conversation.')
  }

  /** Sends a message and yields the events of its answer. */
  async *send(message: string, signal: AbortSignal): AsyncGenerator<ApiEvent> {
    const place = this.conversationId ? { conversationId: this.conversationId } : {}
    yield* this.#answers('/chat', { message, ...place, ...this.choice }, signal)
  }

  /** Asks for another answer to a message. */
  async *retry(messageId: string, signal: AbortSignal): AsyncGenerator<ApiEvent> {
    yield* this.#answers(`/messages/${messageId}/answers`, this.choice, signal)
  }

  /**
   * Stops the answer that is being written; `false`: none was. One that was only just asked for is stopped once it has begun.
   *
   * @throws Failure
   */
  async stop(): Promise<boolean> {
    const id = this.#place ? await this.#place.promise : this.conversationId
    if (!id) return false
    return (await this.client.json(stopAnswerSchema, 'POST', `/conversations/${id}/stop`)).stopped
  }

  open({ id, persona }: ConversationEntry): void {
    this.conversationId = id
    this.persona = persona
    // As the conversation has it, from here on.
    this.choice = {}
    this.last = null
  }

  begin(): void {
    this.conversationId = null
    this.persona = this.choice.persona ?? null
    this.last = null
  }

  async *#answers(path: string, body: object, signal: AbortSignal): AsyncGenerator<ApiEvent> {
    const place = Promise.withResolvers<string | null>()
    this.#place = place
    const onPlace = (conversationId: string) => {
      this.conversationId = conversationId
      place.resolve(conversationId)
    }
    try {
      for await (const event of this.client.answer(path, body, { signal, onPlace })) {
        if (event.event === 'done') {
          this.last = event.data
          this.persona = event.data.persona
        }
        yield event
      }
    } finally {
      place.resolve(null)
      this.#place = null
    }
  }
}
