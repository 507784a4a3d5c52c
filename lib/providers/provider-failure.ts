import type { GenerationErrorCode } from '#lib/chat/generation-errors.ts'
import { classifyFailure } from './classify-failure.ts'
import { retryAfterSeconds } from './retry-after.ts'

/** What went wrong at a provider, and what can be done about it. */
export class ProviderFailure extends Error {
  override readonly name = 'ProviderFailure'
  readonly code: GenerationErrorCode
  /** After how many seconds the provider wants to be asked again; NULL when it did not say. */
  readonly retryAfterSeconds: number | null

  constructor(code: GenerationErrorCode, cause: unknown) {
    super(code, { cause })
    this.code = code
    this.retryAfterSeconds = retryAfterSeconds(cause)
  }

  static from(error: unknown): ProviderFailure {
    return error instanceof ProviderFailure ? error : new ProviderFailure(classifyFailure(error), error)
  }

  /** Whether the same call may succeed a moment later. A provider that names a time is not asked before it. */
  get isWorthRetrying(): boolean {
    return retryable.has(this.code) && this.retryAfterSeconds === null
  }

  /** Whether another model could answer where this one did not. */
  isSurvivable(isOtherProvider: boolean): boolean {
    return survivable.has(this.code) || (isOtherProvider && this.code === 'wrong_key')
  }
}

const retryable = new Set<GenerationErrorCode>(['provider_unavailable', 'provider_unreachable'])

const survivable = new Set<GenerationErrorCode>([
  'model_not_found',
  'rate_limited',
  'quota_exhausted',
  'provider_unavailable',
  'provider_unreachable',
  'timed_out',
  'empty_answer',
  'invalid_response',
])
