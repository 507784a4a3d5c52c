import { EventSourceParserStream } from 'eventsource-parser/stream'
import type { ApiEvent } from '#lib/api/chat.ts'
import type { ApiClient } from './api-client.ts'
import { holdAgainst } from './hold-against-document.ts'

interface RestOptions {
  json?: unknown
  headers?: Record<string, string>
  signal?: AbortSignal
  body?: string
}

/** Calls the REST API by a token or a browser's session; the client beneath it holds every answer against the document. */
export class RestClient {
  readonly #call: ApiClient['call']
  readonly #token: string | undefined

  constructor(api: ApiClient, token?: string) {
    this.#call = api.call.bind(api)
    this.#token = token
  }

  call(method: string, path: string, options: RestOptions = {}): Promise<Response> {
    return this.#call(method, `/api/v1${path}`, {
      ...options,
      headers: { ...options.headers, ...(this.#token && { authorization: `Bearer ${this.#token}` }) },
    })
  }

  async json<T>(method: string, path: string, options: RestOptions = {}): Promise<T> {
    const response = await this.call(method, path, options)
    if (!response.ok)
      throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`)
    return (await response.json()) as T
  }
}

/** An event of the API's stream. */
export type RestEvent = ApiEvent & { id: string }

/** The events of an answer as they arrive. */
export async function* restEvents(response: Response): AsyncGenerator<RestEvent> {
  if (!response.body) throw new Error('an answer without a body')
  const events = response.body.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream())
  for await (const { id = '', event = '', data } of events) {
    const parsed: unknown = JSON.parse(data)
    holdAgainst(`#/components/schemas/${eventComponents[event] ?? event}`, parsed)
    yield { id, event, data: parsed } as RestEvent
  }
}

const eventComponents: Record<string, string> = {
  ...{ token: 'TokenEvent', title: 'TitleEvent', done: 'Answer', error: 'ErrorEvent' },
}
