import {
  BrokenCircuitError,
  ConsecutiveBreaker,
  circuitBreaker,
  ExponentialBackoff,
  handleWhen,
  type IPolicy,
  retry,
  wrap,
} from 'cockatiel'
import { ProviderFailure } from './provider-failure.ts'

const MAX_RETRIES = 2
const FIRST_PAUSE_MS = 300
const LONGEST_PAUSE_MS = 3_000
/** So many calls in a row that failed for the model's own reasons, and it is left alone for a while. */
const FAILURES_TO_OPEN = 5
const OPEN_MS = 30_000

const shared = globalThis as typeof globalThis & { stoaCallPolicies?: Map<string, IPolicy> }

/**
 * How calls to one model are made: a failure that may pass is tried again (at most twice, after a pause that grows, with
 * jitter), and a model that failed five times in a row is not asked for 30 s, then once.
 * Call it with what fails by throwing a ProviderFailure.
 */
export function callPolicy(provider: string, model: string): IPolicy {
  shared.stoaCallPolicies ??= new Map()
  const key = `${provider}:${model}`
  const known = shared.stoaCallPolicies.get(key)
  if (known) return known
  const retrying = retry(
    handleWhen((error) => error instanceof ProviderFailure && error.isWorthRetrying),
    {
      maxAttempts: MAX_RETRIES,
      backoff: new ExponentialBackoff({ initialDelay: FIRST_PAUSE_MS, maxDelay: LONGEST_PAUSE_MS }),
    },
  )
  const breaking = circuitBreaker(
    handleWhen((error) => error instanceof ProviderFailure && error.isSurvivable(true)),
    { halfOpenAfter: OPEN_MS, breaker: new ConsecutiveBreaker(FAILURES_TO_OPEN) },
  )
  const policy = wrap(breaking, retrying)
  shared.stoaCallPolicies.set(key, policy)
  return policy
}

/** What a call ended with when it threw; a model that is left alone counts as unavailable. */
export function callFailure(error: unknown): ProviderFailure {
  if (error instanceof BrokenCircuitError) return new ProviderFailure('provider_unavailable', error)
  return ProviderFailure.from(error)
}
