import {
  APICallError,
  EmptyResponseBodyError,
  InvalidResponseDataError,
  JSONParseError,
  RetryError,
  StreamProviderError,
  TypeValidationError,
} from 'ai'
import type { GenerationErrorCode } from '#lib/chat/generation-errors.ts'

/**
 * What went wrong at a provider, as one of the codes that the page explains.
 * Looks at the HTTP status, the provider's own words and the socket's error code; never passes any of them on.
 */
export function classifyFailure(error: unknown): GenerationErrorCode {
  if (RetryError.isInstance(error)) return classifyFailure(error.lastError)
  const socket = socketCode(error)
  if (socket) {
    return /^(ETIMEDOUT|UND_ERR_(HEADERS|BODY|CONNECT)_TIMEOUT)$/.test(socket)
      ? 'timed_out'
      : 'provider_unreachable'
  }
  if (APICallError.isInstance(error)) {
    return classifyStatus(error.statusCode, `${error.message} ${error.responseBody ?? ''}`)
  }
  // An error event inside a stream, with the status that the provider would have answered with.
  if (StreamProviderError.isInstance(error)) return classifyStatus(error.statusCode, wordsOf(error))
  if (isInvalidResponse(error)) return 'invalid_response'
  if (isTimeout(error)) return 'timed_out'
  return classifyText(wordsOf(error)) ?? 'unexpected'
}

function classifyStatus(status: number | undefined, words: string): GenerationErrorCode {
  if (status === undefined) return 'provider_unreachable'
  if (status >= 200 && status < 300) return 'invalid_response'
  const byWords = classifyText(words)
  if (status === 401 || status === 403) return byWords === 'content_filtered' ? byWords : 'wrong_key'
  if (status === 402) return 'quota_exhausted'
  if (status === 404) return 'model_not_found'
  if (status === 408 || status === 504) return 'timed_out'
  if (status === 413) return 'context_too_long'
  if (status === 429) return byWords === 'quota_exhausted' ? byWords : 'rate_limited'
  if (status >= 500) return 'provider_unavailable'
  // A refusal is no outage, whatever it calls itself.
  return byWords && byWords !== 'provider_unavailable' ? byWords : 'unexpected'
}

/** Providers word the same failure differently; these are the words of OpenAI, Anthropic, OpenRouter, vLLM and Ollama. */
const wordings: [RegExp, GenerationErrorCode][] = [
  [
    /context_length|context length|maximum context|too many tokens|prompt is too long|exceeds? the (model|context)/i,
    'context_too_long',
  ],
  [/content_filter|content management policy|content_policy|flagged/i, 'content_filtered'],
  [
    /insufficient_quota|exceeded your current quota|billing|credit balance|insufficient credits/i,
    'quota_exhausted',
  ],
  [/rate.?limit|too many requests/i, 'rate_limited'],
  [/invalid.{0,12}api.?key|incorrect api key|authentication_error/i, 'wrong_key'],
  [/model_not_found|model .{0,80}(not found|does not exist)|no such model/i, 'model_not_found'],
  [/overloaded|server_error|internal error|unavailable/i, 'provider_unavailable'],
]

function classifyText(text: string): GenerationErrorCode | null {
  return wordings.find(([pattern]) => pattern.test(text))?.[1] ?? null
}

function isInvalidResponse(error: unknown): boolean {
  return (
    JSONParseError.isInstance(error) ||
    TypeValidationError.isInstance(error) ||
    InvalidResponseDataError.isInstance(error) ||
    EmptyResponseBodyError.isInstance(error)
  )
}

function isTimeout(error: unknown): boolean {
  return error instanceof Error && error.name === 'TimeoutError'
}

/** The system's code of a connection that failed (ECONNREFUSED, ENOTFOUND, …), wherever in the chain of causes it is. */
function socketCode(error: unknown): string | null {
  for (let each = error, depth = 0; each instanceof Error && depth < 8; each = each.cause, depth++) {
    const code = Reflect.get(each, 'code')
    if (
      typeof code === 'string' &&
      /^(E[A-Z_]+|UND_ERR_\w+|CERT_\w+|DEPTH_ZERO\w+|SELF_SIGNED\w+)$/.test(code)
    )
      return code
  }
  return null
}

/** Error events inside a stream arrive as plain objects or strings. */
function wordsOf(error: unknown): string {
  if (typeof error === 'string') return error
  if (error instanceof Error)
    return `${error.message} ${error.cause instanceof Error ? error.cause.message : ''}`
  return JSON.stringify(error) ?? ''
}
