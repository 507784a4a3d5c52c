import { v7 as uuid } from 'uuid'
import type { GenerationView } from '#lib/chat/types.ts'
import { type ApiClient, type TurnEvent, textOf, turnEvents } from '../../support/api-client.ts'
import { uniqueWord } from '../../support/conversation-page.ts'
import { endOf } from './turns.ts'

type ReceivedEvent = TurnEvent & { receivedAt: number }

/** An answer's stream that is read in the background, with when each of its events came. */
export class OpenTurn {
  readonly conversationId: string
  readonly events: ReceivedEvent[] = []
  /** Fulfilled when nothing more comes: the stream has ended, or the connection broke. */
  readonly over: Promise<void>
  /** Whether the stream was ended by the server, as it should be. */
  isWhole = false

  constructor(conversationId: string, response: Response) {
    this.conversationId = conversationId
    this.over = this.#read(response)
  }

  get text(): string {
    return textOf(this.events)
  }

  /** What a person had been shown at a time of `performance.now()`. */
  textUntil(time: number): string {
    return textOf(this.events.filter(({ receivedAt }) => receivedAt <= time))
  }

  /** What was said about storing, in order. */
  get storage(): boolean[] {
    return this.events.flatMap(({ frame }) => (frame.type === 'data-storage' ? [frame.data.isStored] : []))
  }

  get end(): GenerationView {
    return endOf(this.events)
  }

  async #read(response: Response): Promise<void> {
    try {
      for await (const event of turnEvents(response)) {
        this.events.push({ ...event, receivedAt: performance.now() })
      }
      this.isWhole = true
    } catch (error) {
      // A connection that breaks, or is given up, is what some tests are about; what they look at is `isWhole`.
      if (!(error instanceof Error && ['TypeError', 'AbortError'].includes(error.name))) throw error
    }
  }
}

interface Sent extends OpenTurn {
  word: string
  message: string
  messageId: string
}

interface SendOptions {
  text?: string
  signal?: AbortSignal
}

/** Sends a first message with this scenario and reads its answer in the background. */
export async function openTurn(
  api: ApiClient,
  scenario: string,
  { text = '', signal }: SendOptions = {},
): Promise<Sent> {
  const word = uniqueWord()
  const message = `${word} ${text}[scenario:${scenario}]`
  const messageId = uuid()
  const { conversationId, response } = await api.send(message, { messageId, ...(signal && { signal }) })
  if (response.status !== 200)
    throw new Error(`sending answered ${response.status}: ${await response.text()}`)
  return Object.assign(new OpenTurn(conversationId, response), { word, message, messageId })
}

const OPENED_AT_ONCE = 5

/** The same for many conversations, a few at a time: a busy machine refuses what waits too long for a connection. */
export async function openTurns(api: ApiClient, count: number, scenario: string): Promise<Sent[]> {
  const turns: Sent[] = []
  while (turns.length < count) {
    const next = Math.min(OPENED_AT_ONCE, count - turns.length)
    turns.push(...(await Promise.all(Array.from({ length: next }, () => openTurn(api, scenario)))))
  }
  return turns
}

/** Takes up the answer that is being written in a conversation, from its beginning. */
export async function resumeTurn(api: ApiClient, conversationId: string): Promise<OpenTurn> {
  const response = await api.call('GET', `/api/chat/${conversationId}/stream`)
  if (response.status !== 200) throw new Error(`resuming answered ${response.status}`)
  return new OpenTurn(conversationId, response)
}

/** Asks for more of an answer that broke off. */
export async function continueTurn(
  api: ApiClient,
  conversationId: string,
  answerId: string,
): Promise<OpenTurn> {
  const json = { conversationId, answerId, generationId: uuid() }
  const response = await api.call('POST', '/api/chat', { json })
  if (response.status !== 200)
    throw new Error(`continuing answered ${response.status}: ${await response.text()}`)
  return new OpenTurn(conversationId, response)
}
