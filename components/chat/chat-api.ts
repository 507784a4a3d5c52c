import type { ChatRequest, ConversationPatch } from '#lib/chat/chat-request.ts'
import type { ContextGauge } from '#lib/chat/context-gauge.ts'
import type { ConversationStats } from '#lib/chat/conversation-stats.ts'
import type { ExportFormat } from '#lib/chat/export-conversation.ts'
import type { MonthSpending } from '#lib/chat/month-spending.ts'
import type { Conversation, ConversationWithMessages, Message } from '#lib/chat/types.ts'
import type { ErrorBody, ErrorCode } from '#lib/errors.ts'
import type { TurnEvent } from './read-turn-stream.ts'

interface RequestErrorOptions extends ErrorOptions {
  retryAfterSeconds?: number | undefined
  field?: string | undefined
}

/** A request that did not do what it should: refused by the server, or `unreachable`. */
export class RequestError extends Error {
  override readonly name = 'RequestError'
  readonly code: ErrorCode | 'unreachable'
  /** After how many seconds trying again can help, where the server has said so. */
  readonly retryAfterSeconds: number | undefined
  /** The part of the request that is at fault, where the server has said so. */
  readonly field: string | undefined

  constructor(
    code: ErrorCode | 'unreachable',
    message: string,
    { retryAfterSeconds, field, ...options }: RequestErrorOptions = {},
  ) {
    super(message, options)
    this.code = code
    this.retryAfterSeconds = retryAfterSeconds
    this.field = field
  }
}

/** What a request was refused by; anything else is a fault of the page and thrown on. */
export function asRequestError(error: unknown): RequestError {
  if (error instanceof RequestError) return error
  throw error
}

/** A request that is not answered for so long, in ms, is given up: after a sleep a connection may look alive and be dead. */
const PATIENCE_MS = 20_000

/** What a proxy answers while nothing stands behind it. */
const PROXY_STATUSES = [502, 503, 504]

/** What the page asks of the server. Every call throws a RequestError, or an AbortError when its signal says so. */
export interface ChatApi {
  /** Sends a message or asks for another answer; the stream of the answer. */
  send(request: ChatRequest, signal: AbortSignal): Promise<AsyncIterable<TurnEvent>>
  /** The running answer from an offset in UTF-16 units; null when nothing runs. */
  follow(conversationId: string, after: number, signal: AbortSignal): Promise<AsyncIterable<TurnEvent> | null>
  /** Stops a run, if it is the one that goes on. */
  stop(conversationId: string, generationId: string | undefined): Promise<{ stopped: boolean }>
  /**
   * The latest messages of a conversation.
   *
   * @param from this one, too, and all after it, if it is on the branch that is shown
   */
  read(conversationId: string, from?: string): Promise<ConversationWithMessages>
  /** The page of messages before one, oldest first. */
  readBefore(conversationId: string, messageId: string): Promise<Message[]>
  change(conversationId: string, patch: ConversationPatch): Promise<Conversation>
  /** Erases a temporary conversation, also while the page is being closed: nobody waits for it, or hears that it failed. */
  erase(conversationId: string): void
  /** Keeps the model that the person's next new conversation begins with; NULL: the usual one. */
  preferModel(model: string | null): Promise<void>
  /** What the person has spent this month, and may. */
  month(): Promise<MonthSpending>
  /** Shows the branch that a message is on; the conversation as it is then, read like `read`. */
  openBranch(conversationId: string, messageId: string, from?: string): Promise<ConversationWithMessages>
  /** How many messages deleting one would delete: itself and all that follows from it, on every branch. */
  countBranch(conversationId: string, messageId: string): Promise<{ messageCount: number }>
  /** Deletes a message and all that follows from it; the conversation as it is then, read like `read`. */
  removeMessage(conversationId: string, messageId: string, from?: string): Promise<ConversationWithMessages>
  /** Brings back what was deleted with a message; the conversation as it is then, read like `read`. */
  restoreMessage(conversationId: string, messageId: string, from?: string): Promise<ConversationWithMessages>
  /** Has the context start afresh after the last answer; the conversation as it is then, read like `read`. */
  clear(conversationId: string, messageId: string, from?: string): Promise<ConversationWithMessages>
  /** Takes that back; the conversation as it is then, read like `read`. */
  unclear(conversationId: string, messageId: string, from?: string): Promise<ConversationWithMessages>
  /**
   * How full the context of the next message would be.
   *
   * @param conversationId NULL: of a new conversation
   * @param choice as a query: what of persona, intensity and model is to be otherwise than it is there
   */
  gauge(conversationId: string | null, choice?: string, signal?: AbortSignal): Promise<ContextGauge>
  /** What a conversation has come to. */
  stats(conversationId: string): Promise<ConversationStats>
  /** The branch that is shown, as a file. */
  export(conversationId: string, format: ExportFormat): Promise<{ blob: Blob; fileName: string }>
}

/** Asks something of the server. Throws a RequestError when it does not do it, or an AbortError when the signal says so. */
export async function call(
  method: string,
  path: string,
  {
    body,
    signal,
    patienceMs = PATIENCE_MS,
  }: { body?: unknown; signal?: AbortSignal; patienceMs?: number } = {},
): Promise<Response> {
  const patience = new AbortController()
  const timer = setTimeout(() => patience.abort(new Error('The server does not answer.')), patienceMs)
  const response = await fetch(path, {
    method,
    cache: 'no-store',
    signal: signal ? AbortSignal.any([signal, patience.signal]) : patience.signal,
    ...(body instanceof Blob && { body, headers: { 'content-type': 'application/octet-stream' } }),
    ...(body !== undefined &&
      !(body instanceof Blob) && {
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      }),
  })
    .catch((error: unknown) => {
      throw unreachable(error)
    })
    .finally(() => clearTimeout(timer))
  if (!response.ok) throw await refusal(response)
  return response
}

/** A file that the server answers with. Throws a RequestError when it breaks off. */
export async function readFile(
  response: Response,
  otherwise: string,
): Promise<{ blob: Blob; fileName: string }> {
  const blob = await response.blob().catch((error: unknown) => {
    throw unreachable(error)
  })
  return { blob, fileName: fileNameOf(response, otherwise) }
}

/** The name that the server gives a file. */
function fileNameOf(response: Response, otherwise: string): string {
  const encoded = /filename\*=UTF-8''([^;]+)/.exec(response.headers.get('content-disposition') ?? '')?.[1]
  return encoded ? decodeURIComponent(encoded) : otherwise
}

/** The JSON of an answer. Throws a RequestError when it breaks off. */
export async function readBody<T>(response: Response): Promise<T> {
  return response.json().catch((error: unknown) => {
    throw unreachable(error)
  }) as Promise<T>
}

/** How the REST API refuses (lib/api/problem.ts). */
interface ApiProblem {
  code: ErrorCode
  detail: string
  field: string
  retryAfter: number
}

async function refusal(response: Response): Promise<RequestError> {
  // What stands between the page and the server (a proxy) answers in its own words.
  const body = (await response.json().catch(() => null)) as
    | ({ error?: ErrorBody } & Partial<ApiProblem>)
    | null
  if (body?.error) {
    const { code, message, retryAfterSeconds, field } = body.error
    return new RequestError(code, message, { retryAfterSeconds, field })
  }
  if (body?.code && body.detail) {
    return new RequestError(body.code, body.detail, { retryAfterSeconds: body.retryAfter, field: body.field })
  }
  if (PROXY_STATUSES.includes(response.status)) return unanswered()
  return new RequestError(
    'unexpected',
    `The server answered with an error (${response.status}). Try again in a moment.`,
  )
}

/** What is told of a request that was not answered. */
export function unreachable(error: unknown): unknown {
  if (error instanceof DOMException && error.name === 'AbortError') return error
  return unanswered(error)
}

function unanswered(cause?: unknown): RequestError {
  return new RequestError('unreachable', 'The server cannot be reached. Check the connection.', { cause })
}
