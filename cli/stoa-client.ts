import { setTimeout as wait } from 'node:timers/promises'
import { v7 as uuidv7 } from 'uuid'
import type { z } from 'zod'
import type { ApiEvent } from '#lib/api/chat.ts'
import { answerEvents } from './answer-events.ts'
import { Failure } from './failure.ts'
import { readJson } from './read-json.ts'
import { notStoas, refusalOf, unreachable } from './refusal.ts'
import type { SignIn } from './sign-in.ts'

interface CallOptions {
  body?: unknown
  headers?: Record<string, string>
  signal?: AbortSignal
}

interface ClientOptions {
  pauseMs?: number
  silenceMs?: number
  /** Told why an answer of which nothing has come yet is asked for again. */
  onRetry?: (failure: Failure) => void
}

interface AnswerOptions {
  signal: AbortSignal
  /** Told where the answer is, as soon as the server says so. */
  onPlace(conversationId: string): void
}

/** How often a broken connection is taken up again before it is given up. */
const TRIES = 4
/** The server sends something every 15 s: a connection that is silent for longer than this is none any more. */
const SILENCE_MS = 45_000

/** Who calls the REST API of one Stoa. */
export class StoaClient {
  readonly #base: string
  readonly #token: string
  readonly #pauseMs: number
  readonly #silenceMs: number
  readonly #onRetry: (failure: Failure) => void

  constructor(
    { url, token }: SignIn,
    { pauseMs = 500, silenceMs = SILENCE_MS, onRetry = () => undefined }: ClientOptions = {},
  ) {
    this.#base = `${url.replace(/\/+$/, '')}/api/v1`
    this.#token = token
    this.#pauseMs = pauseMs
    this.#silenceMs = silenceMs
    this.#onRetry = onRetry
  }

  /** Where the server is. */
  get origin(): string {
    return new URL(this.#base).origin
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
        // A token is for one server: it follows nobody who sends it on.
        redirect: 'manual',
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

  /**
   * Calls the API once and reads what it answers.
   *
   * @throws Failure also when the answer is not of this shape
   */
  async json<Schema extends z.ZodType>(
    schema: Schema,
    method: string,
    path: string,
    options?: CallOptions,
  ): Promise<z.output<Schema>> {
    const response = await this.call(method, path, options)
    const read = schema.safeParse(readJson(await response.text()))
    if (!read.success) throw notStoas(response)
    return read.data
  }

  /**
   * Asks for an answer and yields its events. A connection that breaks is taken up again where it broke; asking twice is
   * the same turn, since both carry one key.
   *
   * @throws Failure
   */
  async *answer(path: string, body: object, { signal, onPlace }: AnswerOptions): AsyncGenerator<ApiEvent> {
    const key = uuidv7()
    let conversationId: string | null = null
    let lastId: string | null = null
    for (let failures = 0; ; ) {
      const silence = new AbortController()
      const either = AbortSignal.any([signal, silence.signal])
      try {
        const response: Response =
          conversationId && lastId
            ? await this.call('GET', `/conversations/${conversationId}/stream`, {
                headers: { 'last-event-id': lastId },
                signal: either,
              })
            : await this.call('POST', path, {
                body: { ...body, stream: true },
                headers: { 'idempotency-key': key },
                signal: either,
              })
        conversationId = response.headers.get('x-conversation-id') ?? conversationId
        if (conversationId) onPlace(conversationId)
        for await (const { event, id } of answerEvents(response, () => silence.abort(), this.#silenceMs)) {
          failures = 0
          lastId = id || lastId
          yield event
          if (event.event === 'done' || event.event === 'error') return
        }
        throw new Failure('unreachable', 'The connection ended before the answer did.', { isPassing: true })
      } catch (error) {
        if (signal.aborted) throw error
        const failure = error instanceof Failure ? error : unreachable(this.#base, error)
        failures += 1
        if (!failure.isPassing || failures >= TRIES) throw failure
        if (!lastId) this.#onRetry(failure)
        const pauseMs = this.#pauseMs * 2 ** (failures - 1)
        await wait(Math.max(pauseMs, Math.min(failure.retryAfter ?? 0, 10) * 1000), undefined, { signal })
      }
    }
  }
}
