import { setTimeout as wait } from 'node:timers/promises'
import { EventSourceParserStream } from 'eventsource-parser/stream'
import { v7 as uuidv7 } from 'uuid'
import type { ApiEvent } from '#lib/api/chat.ts'
import { problemSchema } from '#lib/api/problem.ts'
import { Failure, failureOf } from './failure.ts'
import type { SignIn } from './sign-in.ts'

interface CallOptions {
  body?: unknown
  headers?: Record<string, string>
  signal?: AbortSignal
}

/** How often a broken connection is taken up again before it is given up. */
const TRIES = 4
const FIRST_PAUSE_MS = 500

/** Who calls the REST API of one Stoa. */
export class StoaClient {
  readonly #base: string
  readonly #token: string

  constructor({ url, token }: SignIn) {
    this.#base = `${url.replace(/\/+$/, '')}/api/v1`
    this.#token = token
  }

  /**
   * Calls the API once.
   *
   * @throws Failure
   */
  async call(method: string, path: string, { body, headers, signal }: CallOptions = {}): Promise<Response> {
    let response: Response
    try {
      response = await fetch(this.#base + path, {
        method,
        headers: {
          authorization: `Bearer ${this.#token}`,
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        ...(signal && { signal }),
      })
    } catch (error) {
      if (signal?.aborted) throw error
      throw unreachable(this.#base, error)
    }
    if (response.ok) return response
    throw await refusalOf(response)
  }

  async json<T>(method: string, path: string, options?: CallOptions): Promise<T> {
    return (await (await this.call(method, path, options)).json()) as T
  }

  /**
   * Asks for an answer and yields its events. A connection that breaks is taken up again where it broke; asking twice is
   * the same turn, since both carry one key.
   *
   * @throws Failure
   */
  async *answer(
    path: string,
    body: object,
    { signal, onPlace }: { signal: AbortSignal; onPlace(conversationId: string): void },
  ): AsyncGenerator<ApiEvent> {
    const key = uuidv7()
    const start = () =>
      this.call('POST', path, {
        body: { ...body, stream: true },
        headers: { 'idempotency-key': key },
        signal,
      })
    let resume: { conversationId: string; lastId: string } | null = null
    for (let failures = 0; ; ) {
      try {
        const response: Response = resume
          ? await this.call('GET', `/conversations/${resume.conversationId}/stream`, {
              ...{ headers: { 'last-event-id': resume.lastId }, signal },
            })
          : await start()
        const conversationId: string =
          response.headers.get('x-conversation-id') ?? resume?.conversationId ?? ''
        if (conversationId) onPlace(conversationId)
        for await (const { event, id } of eventsOf(response)) {
          failures = 0
          if (id && conversationId) resume = { conversationId, lastId: id }
          yield event
          if (event.event === 'done' || event.event === 'error') return
        }
        throw new Failure('unreachable', 'The connection ended before the answer did.')
      } catch (error) {
        failures += 1
        if (!isWorthRetrying(error) || failures >= TRIES || signal.aborted) throw error
        await wait(pauseBefore(failures, error), undefined, { signal })
      }
    }
  }
}

/** Only what passes by itself, and soon: not what would be refused again. */
function isWorthRetrying(error: unknown): boolean {
  if (!(error instanceof Failure)) return error instanceof TypeError
  return error.kind === 'unreachable' || error.code === 'too_busy'
}

function pauseBefore(failures: number, error: unknown): number {
  const wanted = error instanceof Failure ? error.retryAfter : null
  return wanted === null ? FIRST_PAUSE_MS * 2 ** (failures - 1) : Math.min(wanted, 10) * 1000
}

async function* eventsOf(response: Response): AsyncGenerator<{ event: ApiEvent; id: string | undefined }> {
  if (!response.body) return
  const events = response.body.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream())
  for await (const { event, id, data } of events) {
    yield { event: { event, data: JSON.parse(data) } as ApiEvent, id }
  }
}

async function refusalOf(response: Response): Promise<Failure> {
  const text = await response.text()
  const problem = problemSchema.safeParse(safeJson(text))
  if (problem.success) return failureOf(problem.data)
  return new Failure(
    'unreachable',
    `The server answered ${response.status} with something that is not Stoa's. Is the address right?`,
  )
}

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function unreachable(base: string, error: unknown): Failure {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  return new Failure('unreachable', `${new URL(base).origin} cannot be reached: ${words(cause)}`)
}

function words(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause)
  if (cause.message) return cause.message
  return 'code' in cause ? String(cause.code) : cause.name
}
