import type { ChatRequest } from '#lib/chat/chat-request.ts'
import type {
  AssistantMessage,
  Conversation,
  ConversationWithMessages,
  GenerationView,
  Message,
  UserMessage,
} from '#lib/chat/types.ts'
import type { ChatApi, RequestError } from '../chat-api.ts'
import type { TurnEvent } from '../read-turn-stream.ts'

/** A stream of an answer whose every event the test brings about. */
export class ScriptedStream implements AsyncIterable<TurnEvent> {
  readonly #waiting: ((result: IteratorResult<TurnEvent>) => void)[] = []
  readonly #events: TurnEvent[] = []
  #isOver = false

  push(...events: TurnEvent[]): this {
    for (const event of events) {
      const reader = this.#waiting.shift()
      if (reader) reader({ done: false, value: event })
      else this.#events.push(event)
    }
    return this
  }

  /** The connection ends, whether or not the answer has. */
  close(): this {
    this.#isOver = true
    for (const reader of this.#waiting.splice(0)) reader({ done: true, value: undefined })
    return this
  }

  [Symbol.asyncIterator](): AsyncIterator<TurnEvent> {
    return {
      next: () => {
        const event = this.#events.shift()
        if (event) return Promise.resolve({ done: false, value: event })
        if (this.#isOver) return Promise.resolve({ done: true, value: undefined })
        const { promise, resolve } = Promise.withResolvers<IteratorResult<TurnEvent>>()
        this.#waiting.push(resolve)
        return promise
      },
    }
  }
}

type Reply<T> = T | RequestError

/** A server that does what the test has arranged, and keeps what it was asked. */
export class ScriptedApi implements ChatApi {
  readonly sent: ChatRequest[] = []
  readonly followed: number[] = []
  readonly stopped: string[] = []
  readonly reads: string[] = []
  /** From which message on each was read. */
  readonly readFrom: (string | undefined)[] = []
  readonly preferred: (string | null)[] = []
  readonly erased: string[] = []
  /** The calls about the tree of messages, as `openBranch m1`. */
  readonly treeCalls: string[] = []

  /** What the next calls get, in order; the last one again and again. */
  sendReplies: Reply<ScriptedStream>[] = []
  followReplies: Reply<ScriptedStream | null>[] = []
  stopReplies: Reply<{ stopped: boolean }>[] = [{ stopped: true }]
  readReplies: Reply<ConversationWithMessages>[] = []
  changeReplies: Reply<Conversation>[] = []
  countReplies: Reply<{ messageCount: number }>[] = []
  pageReplies: Reply<Message[]>[] = []
  treeReplies: Reply<ConversationWithMessages>[] = []

  async send(request: ChatRequest): Promise<ScriptedStream> {
    this.sent.push(request)
    return take(this.sendReplies)
  }

  async follow(_id: string, after: number): Promise<ScriptedStream | null> {
    this.followed.push(after)
    return take(this.followReplies)
  }

  async stop(id: string): Promise<{ stopped: boolean }> {
    this.stopped.push(id)
    return take(this.stopReplies)
  }

  async read(id: string, from?: string): Promise<ConversationWithMessages> {
    this.reads.push(id)
    this.readFrom.push(from)
    return take(this.readReplies)
  }

  async readBefore(_id: string, messageId: string): Promise<Message[]> {
    this.treeCalls.push(`readBefore ${messageId}`)
    return take(this.pageReplies)
  }

  erase(id: string): void {
    this.erased.push(id)
  }

  async change(): Promise<Conversation> {
    return take(this.changeReplies)
  }

  async month() {
    return { spent: 0, budget: null, resetsAt: '2026-12-01T00:00:00.000Z' }
  }

  async preferModel(model: string | null): Promise<void> {
    this.preferred.push(model)
  }

  async gauge(): Promise<never> {
    throw new Error('The test has arranged no gauge.')
  }

  async stats(): Promise<never> {
    throw new Error('The test has arranged no statistics.')
  }

  async export(_id: string, format: string) {
    this.treeCalls.push(`export ${format}`)
    return { blob: new Blob([]), fileName: `conversation.${format}` }
  }

  async clear(_id: string, messageId: string): Promise<ConversationWithMessages> {
    this.treeCalls.push(`clear ${messageId}`)
    return take(this.treeReplies)
  }

  async unclear(_id: string, messageId: string): Promise<ConversationWithMessages> {
    this.treeCalls.push(`unclear ${messageId}`)
    return take(this.treeReplies)
  }

  async openBranch(_id: string, messageId: string): Promise<ConversationWithMessages> {
    this.treeCalls.push(`openBranch ${messageId}`)
    return take(this.treeReplies)
  }

  async countBranch(_id: string, messageId: string): Promise<{ messageCount: number }> {
    this.treeCalls.push(`countBranch ${messageId}`)
    return take(this.countReplies)
  }

  async removeMessage(_id: string, messageId: string): Promise<ConversationWithMessages> {
    this.treeCalls.push(`removeMessage ${messageId}`)
    return take(this.treeReplies)
  }

  async restoreMessage(_id: string, messageId: string): Promise<ConversationWithMessages> {
    this.treeCalls.push(`restoreMessage ${messageId}`)
    return take(this.treeReplies)
  }
}

function take<T>(replies: Reply<T>[]): T {
  const reply = replies.length > 1 ? replies.shift() : replies[0]
  if (reply === undefined) throw new Error('The test has arranged no reply.')
  if (reply instanceof Error) throw reply
  return reply
}

export function generation(change: Partial<GenerationView> = {}): GenerationView {
  return {
    id: 'g1',
    status: 'streaming',
    errorCode: null,
    retryAt: null,
    retryInSeconds: null,
    fallbackFrom: null,
    persona: 'stoic',
    intensity: 'medium',
    provider: 'openai',
    model: 'scripted',
    inputTokens: null,
    outputTokens: null,
    timeToFirstTokenMs: null,
    latencyMs: null,
    ...change,
  }
}

/** The events of a stream that begins an answer. */
export function started(
  messageId: string,
  userMessageId: string,
  conversationId = 'c1',
  change: Partial<GenerationView> = {},
): TurnEvent {
  return { type: 'start', messageId, turn: { conversationId, userMessageId, generation: generation(change) } }
}

/** A piece of the answer after what was there before. */
export function piece(before: string, delta: string): TurnEvent {
  return { type: 'text', delta, end: before.length + delta.length }
}

export function ended(change: Partial<GenerationView> = {}): TurnEvent {
  return { type: 'end', generation: generation({ status: 'complete', ...change }) }
}

export function question(id: string, parentId: string | null = null): UserMessage {
  return {
    ...{ id, parentId, siblingIds: [id], role: 'user', text: `text of ${id}` },
    ...{ createdAt: '2026-01-01T00:00:00.000Z', isCleared: false },
  }
}

export function answer(
  id: string,
  parentId: string,
  change: Partial<GenerationView> & { text?: string } = {},
) {
  const { text = `text of ${id}`, ...rest } = change
  const message: AssistantMessage = {
    ...{ id, parentId, siblingIds: [id], role: 'assistant', text, createdAt: '2026-01-01T00:00:00.000Z' },
    ...{ isCleared: false, generation: generation({ status: 'complete', ...rest }) },
  }
  return message
}

export function stored(...messages: (UserMessage | AssistantMessage)[]): ConversationWithMessages {
  const conversation: Conversation = {
    ...{ id: 'c1', title: 'A title', titleSource: 'generated', persona: 'stoic', intensity: null },
    ...{
      model: null,
      activeLeafId: messages.at(-1)?.id ?? null,
      running: false,
      pinned: false,
      archived: false,
      folderId: null,
    },
    ...{ createdAt: '2026-01-01T00:00:00.000Z', lastActivityAt: '2026-01-01T00:00:00.000Z' },
  }
  return { conversation, messages, summary: null }
}
