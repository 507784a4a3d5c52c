import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { EventSourceParserStream } from 'eventsource-parser/stream'
import type { ApiEvent } from '#lib/api/chat.ts'
import { openApiDocument } from '#lib/api/openapi.ts'
import { operations } from '#lib/api/operations.ts'
import type { ApiClient } from './api-client.ts'

interface RestOptions {
  json?: unknown
  headers?: Record<string, string>
  signal?: AbortSignal
  body?: string
}

const ajv = new Ajv2020({ strict: false, allErrors: true })
// Its CommonJS types name the module, not the function that it is.
addFormats.default(ajv)
const document = JSON.parse(JSON.stringify(openApiDocument()))
ajv.addSchema(document, 'api')

/** Calls the REST API by a token or a browser's session, and holds every answer against the document. */
export class RestClient {
  readonly #call: ApiClient['call']
  readonly #token: string | undefined

  constructor(api: ApiClient, token?: string) {
    this.#call = api.call.bind(api)
    this.#token = token
  }

  async call(method: string, path: string, options: RestOptions = {}): Promise<Response> {
    const response = await this.#call(method, `/api/v1${path}`, {
      ...options,
      headers: { ...options.headers, ...(this.#token && { authorization: `Bearer ${this.#token}` }) },
    })
    await holdAgainstDocument(method, path, response.clone())
    return response
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

async function holdAgainstDocument(method: string, path: string, response: Response): Promise<void> {
  const [pathname = ''] = path.split('?')
  const operation = operations.find(
    (each) =>
      each.method === method.toLowerCase() &&
      new RegExp(`^${each.path.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(pathname),
  )
  if (!operation) throw new Error(`${method} ${path} is not in the document`)
  const place = `/paths/${escapePointer(operation.path)}/${operation.method}/responses/${response.status}`
  const described = document.paths[operation.path][operation.method].responses[response.status]
  if (!described)
    throw new Error(`${method} ${path} answered ${response.status}, which is not in the document`)
  const type = response.headers.get('content-type')?.split(';')[0]
  if (type === undefined) {
    if (described.content && response.status !== 304) throw new Error(`${method} ${path} answered nothing`)
    return
  }
  if (!described.content?.[type])
    throw new Error(`${method} ${path} answered ${type}, which is not in the document`)
  if (type === 'text/event-stream') return
  holdAgainst(`#${place}/content/${escapePointer(type)}/schema`, await response.json())
}

function holdAgainst(pointer: string, value: unknown): void {
  const check = ajv.getSchema(`api${pointer}`) ?? ajv.compile({ $ref: `api${pointer}` })
  if (check(value)) return
  throw new Error(`not as ${pointer} says: ${ajv.errorsText(check.errors)}`)
}

function escapePointer(part: string): string {
  return encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))
}
