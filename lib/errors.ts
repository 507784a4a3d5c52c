/** Every expected failure that a request can end in, with the HTTP status it is answered with. */
export const errorStatus = {
  invalid_request: 400,
  unknown_persona: 400,
  unknown_model: 400,
  unsupported_parameter: 400,
  weak_password: 400,
  signed_out: 401,
  wrong_credentials: 401,
  invalid_token: 401,
  wrong_secret: 401,
  budget_exhausted: 402,
  foreign_origin: 403,
  insufficient_scope: 403,
  administrators_only: 403,
  registration_closed: 403,
  metrics_private: 403,
  not_found: 404,
  model_not_found: 404,
  link_not_valid: 410,
  generation_running: 409,
  not_continuable: 409,
  summary_changed: 409,
  message_id_taken: 409,
  import_running: 409,
  email_taken: 409,
  last_administrator: 409,
  too_many_folders: 409,
  message_too_long: 413,
  body_too_large: 413,
  unsupported_content_type: 415,
  idempotency_key_reused: 422,
  too_many_attempts: 429,
  too_many_turns: 429,
  database_unavailable: 503,
  too_busy: 503,
  shutting_down: 503,
  summary_failed: 502,
  unexpected: 500,
} as const satisfies Record<string, number>

export type ErrorCode = keyof typeof errorStatus

interface AppErrorOptions {
  /** What went wrong underneath; for the log only. */
  cause?: unknown
  /** The input field that is at fault. */
  field?: string
  /** After how many seconds trying again can help. */
  retryAfterSeconds?: number
}

/** What a client is told: the body of every error answer is `{ error: ErrorBody }`. */
export interface ErrorBody {
  code: ErrorCode
  /** In words, for the person, with what to do. */
  message: string
  field?: string
  retryAfterSeconds?: number
  /** The log line that holds the cause of an unexpected failure. */
  errorId?: string
}

/**
 * What an AppError is known by. Next loads this module once per layer (pages, route handlers, instrumentation), and what
 * the process shares, such as the prompt library, throws the class of the layer that made it.
 */
const mark = Symbol.for('stoa.AppError')

/**
 * An expected failure: a code for programs, a sentence for the person, the cause for the log.
 *
 * @example throw new AppError('not_found', 'This conversation does not exist.')
 */
export class AppError extends Error {
  override readonly name = 'AppError'
  readonly [mark] = true
  readonly code: ErrorCode
  readonly userMessage: string
  readonly field: string | undefined
  readonly retryAfterSeconds: number | undefined

  constructor(code: ErrorCode, userMessage: string, options: AppErrorOptions = {}) {
    super(`${code}: ${userMessage}`, { cause: options.cause })
    this.code = code
    this.userMessage = userMessage
    this.field = options.field
    this.retryAfterSeconds = options.retryAfterSeconds
  }

  static override [Symbol.hasInstance](value: unknown): value is AppError {
    return value instanceof Error && mark in value
  }

  get status(): number {
    return errorStatus[this.code]
  }

  /** The part of the error that may leave the server. */
  toBody(): ErrorBody {
    return {
      code: this.code,
      message: this.userMessage,
      ...(this.field !== undefined && { field: this.field }),
      ...(this.retryAfterSeconds !== undefined && { retryAfterSeconds: this.retryAfterSeconds }),
    }
  }
}
