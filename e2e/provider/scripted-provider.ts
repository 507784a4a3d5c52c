import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { json } from 'node:stream/consumers'
import type { ChatCompletionRequest } from './chat-wire.ts'
import { answerControl } from './control-api.ts'
import { perform } from './perform.ts'
import { noteReported, type ReceivedRequest, RequestLog } from './request-log.ts'
import { refuseMarker } from './scenarios.ts'
import { Stage } from './stage.ts'
import { sharedMicros } from './stamp.ts'

export interface ScriptedProvider {
  /** Where the control API is; the scripted provider's own address, without a path. */
  origin: string
  /** What OPENAI_BASE_URL wants. */
  url: string
  /** Every call received, oldest first; the entries change as replies end. */
  requests: readonly ReceivedRequest[]
  /** The same as a test in another process has over HTTP (`ProviderControl`). */
  stage: Stage
  stop: () => Promise<void>
}

/**
 * Starts an OpenAI-compatible provider on loopback that plays the scenario which the last user message names.
 * `port` 0, the default, takes a free one.
 */
export async function startScriptedProvider({ port = 0 } = {}): Promise<ScriptedProvider> {
  const log = new RequestLog()
  const stage = new Stage()
  const server = createServer((request, response) => {
    route(request, response, log, stage).catch((error: unknown) => {
      process.stderr.write(`scripted provider: ${String(error)}\n`)
      response.destroy()
    })
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const origin = `http://127.0.0.1:${portOf(server)}`
  return { origin, url: `${origin}/v1`, requests: log.requests, stage, stop: () => close(server) }
}

async function route(request: IncomingMessage, response: ServerResponse, log: RequestLog, stage: Stage) {
  const arrivedAt = sharedMicros()
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://provider')
  if (pathname.startsWith('/__'))
    return answerControl({ request, response, pathname, searchParams, log, stage })
  if (request.method === 'GET' && pathname === '/v1/models') return stage.modelList.answer(response)
  if (request.method !== 'POST' || pathname !== '/v1/chat/completions') {
    return void response
      .writeHead(404, { 'content-type': 'application/json' })
      .end('{"error":{"message":"Not found"}}')
  }
  const body = (await json(request)) as ChatCompletionRequest
  const received = log.add(pathname, request.headers, body, arrivedAt)
  let isPlaying = true
  response.once('close', () => {
    received.closed = { time: Date.now(), by: isPlaying ? 'client' : 'provider' }
  })
  await perform(noteReported(received, chooseReply(stage, received)), response, stage)
  isPlaying = false
}

function chooseReply(stage: Stage, received: ReceivedRequest) {
  try {
    return stage.choose(received)
  } catch (error) {
    const fault = error instanceof Error ? error.message : String(error)
    process.stderr.write(`scripted provider: ${fault}: ${received.message}\n`)
    return refuseMarker(fault)
  }
}

function portOf(server: Server): number {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the scripted provider has no port')
  return address.port
}

async function close(server: Server): Promise<void> {
  const closed = once(server, 'close')
  server.close()
  server.closeAllConnections()
  await closed
}
