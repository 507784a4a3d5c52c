import type { ApiEvent } from '#lib/api/chat.ts'
import type { StoredTurn } from '#lib/db/generations.ts'
import { toAppError } from './answer-errors.ts'
import { describeAnswer } from './api-answer.ts'
import { followConversations } from './conversation-events.ts'
import { FailedAnswer } from './failed-answer.ts'
import { followAnswer } from './follow-answer.ts'
import { lazyStream } from './lazy-stream.ts'
import { eventStreamHeaders, KEEP_ALIVE_MS, keepAliveFrame } from './turn-frames.ts'
import { whenRevoked } from './when-revoked.ts'

interface Reader {
  userId: string
  /** NULL: a browser's session reads. */
  tokenId: string | null
  /** The length of the answer that the reader has, in UTF-16 units. */
  offset?: number
  headers?: Record<string, string>
}

const encoder = new TextEncoder()

/**
 * The stream of a turn's answer in the API's own events: `token`, `title`, then `done` or `error`. Every event's id names the
 * run and how much of it is there, so that a reader who comes back misses and repeats nothing (`parseEventId`).
 * Closing it ends the reading, never the generation.
 */
export function apiStream(turn: StoredTurn, { userId, tokenId, offset = 0, headers = {} }: Reader): Response {
  const body = lazyStream((controller) => {
    const answer = followAnswer(turn)
    const ends: (() => void)[] = []
    let isOver = false
    let sent = offset
    let told: string | null = null
    const send = (event: ApiEvent) => {
      if (!isOver) controller.enqueue(encodeEvent(event, `${turn.generation.id}.${sent}`))
    }
    const stop = () => {
      isOver = true
      for (const end of ends) end()
    }
    const close = () => {
      if (isOver) return
      stop()
      controller.close()
    }
    // Something at once, so that the reader knows that the stream is open.
    controller.enqueue(keepAliveFrame)
    const keepAlive = setInterval(() => controller.enqueue(keepAliveFrame), KEEP_ALIVE_MS)
    ends.push(() => clearInterval(keepAlive))
    ends.push(whenRevoked(tokenId, close))
    ends.push(
      followConversations(userId, ({ id, title, titleSource }) => {
        if (id !== turn.conversationId || titleSource !== 'generated' || title === told) return
        told = title
        send({ event: 'title', data: { title } })
      }),
    )
    ends.push(
      answer.follow(offset, {
        onText(piece) {
          sent = piece.offset
          send({ event: 'token', data: { content: piece.delta } })
        },
        onStorage: () => undefined,
        onEnd(generation) {
          void lastEvent({ ...turn, generation, text: answer.text })
            .then(send)
            .then(close)
        },
      }),
    )
    return stop
  })
  return new Response(body, { headers: { ...eventStreamHeaders, ...headers } })
}

async function lastEvent(turn: StoredTurn): Promise<ApiEvent> {
  try {
    return { event: 'done', data: await describeAnswer(turn) }
  } catch (error) {
    const { code, detail, retryAfter } = error instanceof FailedAnswer ? error.problem : unexpected(error)
    const data = { code, message: detail, ...(retryAfter !== undefined && { retryAfter }) }
    return { event: 'error', data }
  }
}

function unexpected(error: unknown): FailedAnswer['problem'] {
  const { status, body } = toAppError(error)
  return { status, code: body.code, detail: body.message }
}

function encodeEvent({ event, data }: ApiEvent, id: string): Uint8Array {
  return encoder.encode(`event: ${event}\nid: ${id}\ndata: ${JSON.stringify(data)}\n\n`)
}
