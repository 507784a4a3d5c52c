import type { BrowserContext } from '@playwright/test'
import { EventSourceParserStream } from 'eventsource-parser/stream'
import { v7 as uuid } from 'uuid'
import type { TurnFrame } from '#lib/chat/turn-stream.ts'
import type { ConversationWithMessages } from '#lib/chat/types.ts'
import type { ErrorBody } from '#lib/errors.ts'
import { holdAgainstDocument, isEventStream } from './hold-against-document.ts'

interface CallOptions {
  /** Sent as JSON. */
  json?: unknown
  /** Sent as it is. */
  body?: string | ReadableStream
  headers?: Record<string, string>
  signal?: AbortSignal
}

interface TurnOptions {
  conversationId?: string
  parentId?: string | null
  messageId?: string
  persona?: string
  signal?: AbortSignal
}

export interface Turn {
  conversationId: string
  messageId: string
  response: Response
}

/** One event of an answer's stream: the frame and the offset that its `id` names. */
export interface TurnEvent {
  id: string | undefined
  frame: TurnFrame
}

/** Stoa's HTTP interface, called from Node with the session of a browser context (none: signed out). */
export class ApiClient {
  readonly #origin: string
  readonly #context: BrowserContext | undefined

  constructor(origin: string, context?: BrowserContext) {
    this.#origin = origin
    this.#context = context
  }

  async call(method: string, path: string, options: CallOptions = {}): Promise<Response> {
    const { json, body, headers, signal } = options
    const content = json === undefined ? body : JSON.stringify(json)
    const response = await fetch(this.#origin + path, {
      method,
      redirect: 'manual',
      headers: {
        origin: this.#origin,
        // A kept connection can be closed by the server at the moment it is used again; a POST is then not sent anew.
        connection: 'close',
        cookie: await this.#cookies(),
        ...(content !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(content !== undefined && { body: content, duplex: 'half' }),
      ...(signal && { signal }),
    })
    await holdAnswer(`${method} ${path}`, response)
    return response
  }

  /** Sends a message; resolves when the answer's stream has begun. */
  async send(text: string, options: TurnOptions = {}): Promise<Turn> {
    const { conversationId = uuid(), messageId = uuid(), parentId = null, persona, signal } = options
    const json = { conversationId, parentId, message: { id: messageId, text }, ...(persona && { persona }) }
    const response = await this.call('POST', '/api/chat', { json, ...(signal && { signal }) })
    return { conversationId, messageId, response }
  }

  /** A conversation with one finished turn. */
  async createConversation(text: string): Promise<{ conversationId: string; frames: TurnEvent[] }> {
    const { conversationId, response } = await this.send(text)
    if (response.status !== 200)
      throw new Error(`sending answered ${response.status}: ${await response.text()}`)
    return { conversationId, frames: await readTurn(response) }
  }

  async conversation(id: string): Promise<ConversationWithMessages> {
    const response = await this.call('GET', `/api/conversations/${id}`)
    if (!response.ok) throw new Error(`GET /api/conversations/${id} answered ${response.status}`)
    return (await response.json()) as ConversationWithMessages
  }

  async #cookies(): Promise<string> {
    const cookies = (await this.#context?.cookies(this.#origin)) ?? []
    return cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  }
}

/** A stream is not copied: its copy would keep the connection open when the reader hangs up. */
async function holdAnswer(call: string, response: Response): Promise<void> {
  if (!call.includes(' /api/v1/')) return
  holdAgainstDocument(call, response, isEventStream(response) ? null : await response.clone().text())
}

/** The events of an answer as they arrive, without the closing `[DONE]`. */
export async function* turnEvents(response: Response): AsyncGenerator<TurnEvent> {
  if (!response.body) throw new Error('an answer without a body')
  const events = response.body.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream())
  for await (const { id, data } of events) {
    if (data !== '[DONE]') yield { id, frame: JSON.parse(data) as TurnFrame }
  }
}

export async function readTurn(response: Response): Promise<TurnEvent[]> {
  return Array.fromAsync(turnEvents(response))
}

/** The text that the frames of an answer add up to. */
export function textOf(events: TurnEvent[]): string {
  return events.map(({ frame }) => (frame.type === 'text-delta' ? frame.delta : '')).join('')
}

export async function errorOf(response: Response): Promise<ErrorBody> {
  const { error } = (await response.json()) as { error: ErrorBody }
  return error
}
