import { randomUUID } from 'node:crypto'
import { subscribe } from 'node:diagnostics_channel'
import { IncomingMessage, ServerResponse } from 'node:http'
import { log, type RequestNotes, requests } from '#lib/log.ts'
import { loggedPath } from './logged-path.ts'

/** As a proxy makes them; anything else is not repeated in a log or an answer. */
const REQUEST_ID = /^[\w.-]{8,64}$/

/** What is asked for all the time, and tells nothing. */
const EVERYDAY =
  /^\/(_next\/|api\/(v1\/)?(health|ready)$|metrics$|icons\/|(icon\.svg|apple-icon\.png|favicon\.ico|sw\.js|manifest\.webmanifest)$)/

const shared = globalThis as typeof globalThis & { stoaLogsRequests?: boolean }

/**
 * Gives every request an id, which the answer carries as `X-Request-Id`, and logs it when its answer is over: a stream
 * when it ends. Node itself tells of the requests, so that no page and no route is left out.
 */
export function logRequests(): void {
  if (shared.stoaLogsRequests) return
  shared.stoaLogsRequests = true
  subscribe('http.server.request.start', (message) => {
    const exchange = exchangeOf(message)
    if (exchange) begin(exchange)
  })
}

interface Exchange {
  request: IncomingMessage
  response: ServerResponse
}

function begin({ request, response }: Exchange): void {
  const startedAt = performance.now()
  const { 'x-request-id': sent } = request.headers
  const notes: RequestNotes = {
    requestId: typeof sent === 'string' && REQUEST_ID.test(sent) ? sent : randomUUID(),
  }
  // Node hands each request on in an execution of its own, which this lasts as long as.
  requests().enterWith(notes)
  response.setHeader('x-request-id', notes.requestId)
  // Next rewrites it on the way.
  const { url = '', method } = request
  response.once('close', () => {
    const path = url.split('?', 1)[0] ?? ''
    const level = EVERYDAY.test(path) ? 'debug' : response.statusCode >= 500 ? 'warn' : 'info'
    const latencyMs = Math.round(performance.now() - startedAt)
    // The client left, or was cut off, before the end.
    const left = !response.writableFinished
    log()[level](
      {
        ...notes,
        method,
        path: loggedPath(path),
        status: response.statusCode,
        latencyMs,
        ...(left && { left }),
      },
      'request',
    )
  })
}

function exchangeOf(message: unknown): Exchange | undefined {
  if (typeof message !== 'object' || message === null) return undefined
  if (!('request' in message) || !('response' in message)) return undefined
  const { request, response } = message
  const isExchange = request instanceof IncomingMessage && response instanceof ServerResponse
  return isExchange ? { request, response } : undefined
}
