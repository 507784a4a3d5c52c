import type { OpenAiError } from '#lib/api/chat-completion.ts'
import type { GenerationErrorCode } from '#lib/chat/generation-errors.ts'
import { explainGenerationError } from '#lib/chat/generation-errors.ts'
import type { GenerationView } from '#lib/chat/types.ts'
import type { ErrorCode } from '#lib/errors.ts'
import { toAppError } from './answer-errors.ts'
import { unkept } from './unkept.ts'

/** Runs a handler of the OpenAI-compatible endpoint and answers whatever it throws as OpenAI would. */
export async function answerOpenAi(handle: () => Promise<Response>): Promise<Response> {
  try {
    return await unkept(handle())
  } catch (error) {
    return errorResponse(judge(error))
  }
}

/** What a stream that has begun tells of what was thrown. */
export function openAiErrorOf(error: unknown): OpenAiError {
  return judge(error).body
}

type Judged = Pick<FailedCompletion, 'status' | 'body' | 'retryAfterSeconds' | 'canRetry'>

function judge(error: unknown): Judged {
  return error instanceof FailedCompletion ? error : refusal(error)
}

/** What OpenAI's clients tell failures apart by. */
interface Kind {
  status?: number
  type?: string
  code?: string
}

const noKey: Kind = { status: 401, code: 'invalid_api_key' }
const rateLimited: Kind = { status: 429, type: 'requests', code: 'rate_limit_exceeded' }
const usedUp: Kind = { status: 429, type: 'insufficient_quota', code: 'insufficient_quota' }
const tooLong: Kind = { status: 400, code: 'context_length_exceeded' }

const refusals: Partial<Record<ErrorCode, Kind>> = {
  ...{ signed_out: noKey, invalid_token: noKey },
  ...{ too_many_turns: rateLimited, budget_exhausted: usedUp, message_too_long: tooLong },
}

const failures: Partial<Record<GenerationErrorCode, Kind>> = {
  ...{ rate_limited: rateLimited, quota_exhausted: usedUp, context_too_long: tooLong },
  content_filtered: { status: 400, type: 'invalid_request_error', code: 'content_filter' },
  timed_out: { status: 504, code: 'timeout' },
  unexpected: { status: 500 },
}

/** An answer that failed, as a client of OpenAI's is told of it. */
export class FailedCompletion extends Error {
  override readonly name = 'FailedCompletion'
  readonly status: number
  readonly body: OpenAiError
  readonly retryAfterSeconds: number | undefined
  /** Whether sending the same again can help, and does no harm. */
  readonly canRetry: boolean

  /** @param isKept whether the message stands in a conversation, in which it would stand twice */
  constructor({ errorCode, retryInSeconds }: GenerationView, isKept: boolean) {
    super(`an answer failed: ${errorCode}`)
    const kind = isFailure(errorCode) ? failures[errorCode] : undefined
    const { title, remedy } = explainGenerationError(errorCode)
    this.status = kind?.status ?? 502
    const type = kind?.type ?? (this.status < 500 ? 'invalid_request_error' : 'server_error')
    this.body = { message: `${title}. ${remedy}`, type, param: null, code: kind?.code ?? errorCode }
    this.retryAfterSeconds = retryInSeconds ?? undefined
    this.canRetry = !isKept && kind !== usedUp
  }
}

function isFailure(code: string | null): code is GenerationErrorCode {
  return code !== null && code in failures
}

function refusal(error: unknown): Judged {
  const { status: ownStatus, body } = toAppError(error)
  const kind = refusals[body.code]
  const status = kind?.status ?? ownStatus
  return {
    status,
    body: {
      message:
        body.code === 'signed_out'
          ? 'You sent no API key. Make a token in the settings, and send it as a bearer token.'
          : body.message,
      type: kind?.type ?? (status < 500 ? 'invalid_request_error' : 'server_error'),
      param: body.field ?? null,
      code: kind?.code ?? body.code,
    },
    retryAfterSeconds: body.retryAfterSeconds,
    canRetry: kind !== usedUp,
  }
}

function errorResponse({ status, body, retryAfterSeconds, canRetry }: Judged): Response {
  const headers = new Headers({ 'cache-control': 'no-store' })
  if (retryAfterSeconds !== undefined) headers.set('retry-after', String(Math.ceil(retryAfterSeconds)))
  // OpenAI's own clients would otherwise send it up to twice again.
  if (!canRetry) headers.set('x-should-retry', 'false')
  return Response.json({ error: body }, { status, headers })
}
