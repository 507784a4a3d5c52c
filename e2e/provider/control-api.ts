import type { IncomingMessage, ServerResponse } from 'node:http'
import { json } from 'node:stream/consumers'
import type { LogFilter, ReceivedRequest, RequestLog } from './request-log.ts'
import type { Stage } from './stage.ts'

interface ControlCall {
  request: IncomingMessage
  response: ServerResponse
  pathname: string
  searchParams: URLSearchParams
  log: RequestLog
  stage: Stage
}

/**
 * How tests in other processes talk to the provider:
 * `GET /__log?contains=…&kind=answer|title|summary`, `POST /__gates/NAME`, `POST /__scenarios` with `{ contains, scenario }`.
 */
export async function answerControl(call: ControlCall): Promise<void> {
  const { request, response, pathname, searchParams, log, stage } = call
  const route = `${request.method} ${pathname}`
  if (route === 'GET /__log') {
    return answer(response, 200, log.find(parseFilter(searchParams)))
  }
  if (route === 'POST /__scenarios') {
    const { contains, scenario } = (await json(request)) as { contains: string; scenario: string }
    stage.arrange(contains, scenario)
    return answer(response, 200, {})
  }
  if (route.startsWith('POST /__gates/')) {
    stage.openGate(decodeURIComponent(pathname.slice('/__gates/'.length)))
    return answer(response, 200, {})
  }
  answer(response, 404, { message: `no such control: ${route}` })
}

function parseFilter(searchParams: URLSearchParams): LogFilter {
  const kind = searchParams.get('kind')
  return {
    contains: searchParams.get('contains') ?? undefined,
    kind: kind === 'answer' || kind === 'title' || kind === 'summary' ? kind : undefined,
  }
}

function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

/** The control API from the side of a test. */
export class ProviderControl {
  readonly #origin: string

  constructor(origin: string) {
    this.#origin = origin
  }

  async requests(filter: LogFilter): Promise<ReceivedRequest[]> {
    const query = new URLSearchParams(
      Object.entries(filter).filter((entry): entry is [string, string] => entry[1] !== undefined),
    )
    const response = await this.#call(`/__log?${query}`)
    return (await response.json()) as ReceivedRequest[]
  }

  async openGate(name: string): Promise<void> {
    await this.#call(`/__gates/${encodeURIComponent(name)}`, {})
  }

  /** From now on, messages with this text get this scenario, whatever their markers say. */
  async arrange(contains: string, scenario: string): Promise<void> {
    await this.#call('/__scenarios', { contains, scenario })
  }

  async #call(path: string, body?: object): Promise<Response> {
    const response = await fetch(
      this.#origin + path,
      body && { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
    )
    if (!response.ok) throw new Error(`the provider's control answered ${response.status} to ${path}`)
    return response
  }
}
