import type { IncomingHttpHeaders } from 'node:http'
import {
  type ChatCompletionRequest,
  lastUserText,
  type ReportedTokens,
  readReportedTokens,
} from './chat-wire.ts'
import type { Move, Reply } from './moves.ts'

/** One call that the provider received. Times are milliseconds since 1970. */
export interface ReceivedRequest {
  id: number
  time: number
  /** The same moment, before the body was read, in `sharedMicros`. */
  arrivedAt: number
  /** An answer is streamed, a title and a summary are not. */
  kind: 'answer' | 'title' | 'summary'
  path: string
  headers: IncomingHttpHeaders
  body: ChatCompletionRequest
  /** The last user message. */
  message: string
  /** When the reply was over and who ended it; NULL while it runs. */
  closed: { time: number; by: 'client' | 'provider' } | null
  /** What the reply told of tokens, once it was sent; NULL: nothing. */
  reported: ReportedTokens | null
}

export interface LogFilter {
  /** A part of the last user message. */
  contains?: string | undefined
  kind?: ReceivedRequest['kind'] | undefined
}

export class RequestLog {
  readonly requests: ReceivedRequest[] = []

  add(
    path: string,
    headers: IncomingHttpHeaders,
    body: ChatCompletionRequest,
    arrivedAt: number,
  ): ReceivedRequest {
    const request: ReceivedRequest = {
      id: this.requests.length + 1,
      time: Date.now(),
      arrivedAt,
      kind: kindOf(body),
      path,
      headers,
      body,
      message: lastUserText(body),
      closed: null,
      reported: null,
    }
    this.requests.push(request)
    return request
  }

  find({ contains = '', kind }: LogFilter): ReceivedRequest[] {
    return this.requests.filter(
      (request) => request.message.includes(contains) && (kind === undefined || request.kind === kind),
    )
  }
}

/** A reply that is noted in the log as it is sent. */
export function* noteReported(received: ReceivedRequest, reply: Reply): Generator<Move> {
  for (const move of reply) {
    yield move
    if (move.type === 'bytes') received.reported ??= readReportedTokens(move.bytes)
  }
}

/** A summary is asked for by a prompt that has a place for the one before. */
function kindOf(body: ChatCompletionRequest): ReceivedRequest['kind'] {
  if (body.stream === true) return 'answer'
  return lastUserText(body).includes('<existing_summary>') ? 'summary' : 'title'
}
