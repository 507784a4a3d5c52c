import {
  BrokenCircuitError,
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  ExponentialBackoff,
  handleWhen,
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

/** Whether a model is asked: yes; not for a while, since it failed again and again; by one call, to see whether it does again. */
export type BreakerState = 'asked' | 'left_alone' | 'on_trial'

/** How calls to one model are made. */
export interface CallPolicy {
  readonly state: BreakerState
  /** @throws ProviderFailure what the last try failed with, or the last call before the model was left alone */
  execute<T>(call: () => Promise<T>, signal?: AbortSignal): Promise<T>
}

const shared = globalThis as typeof globalThis & { stoaCallPolicies?: Map<string, CallPolicy> }

/**
 * How calls to one model are made: a failure that may pass is tried again (at most twice, after a pause that grows, with
 * jitter), and a model that failed five times in a row is not asked for 30 s, then once. Meanwhile all others fail at once,
 * for the reason that the last one failed for.
 * Call it with what fails by throwing a ProviderFailure.
 */
export function callPolicy(provider: string, model: string): CallPolicy {
  shared.stoaCallPolicies ??= new Map()
  const key = `${provider}:${model}`
  const known = shared.stoaCallPolicies.get(key)
  if (known) return known
  const policy = createCallPolicy()
  shared.stoaCallPolicies.set(key, policy)
  return policy
}

/** Whether a model is asked by this process. */
export function breakerState(provider: string, model: string): BreakerState {
  return shared.stoaCallPolicies?.get(`${provider}:${model}`)?.state ?? 'asked'
}

function createCallPolicy(): CallPolicy {
  let lastFailure = new ProviderFailure('provider_unavailable', null)
  const retrying = retry(
    handleWhen((error) => error instanceof ProviderFailure && error.isWorthRetrying),
    {
      maxAttempts: MAX_RETRIES,
      backoff: new ExponentialBackoff({ initialDelay: FIRST_PAUSE_MS, maxDelay: LONGEST_PAUSE_MS }),
    },
  )
  const breaking = circuitBreaker(handleWhen(isFaultOfModel), {
    halfOpenAfter: OPEN_MS,
    breaker: new ConsecutiveBreaker(FAILURES_TO_OPEN),
  })
  const both = wrap(breaking, retrying)
  return {
    get state() {
      if (breaking.state === CircuitState.Closed) return 'asked'
      return breaking.state === CircuitState.HalfOpen ? 'on_trial' : 'left_alone'
    },
    async execute(call, signal) {
      // One is on trial: cockatiel would have all others wait for its outcome, which can take minutes.
      if (breaking.state === CircuitState.HalfOpen) throw lastFailure
      try {
        return await both.execute(call, signal)
      } catch (error) {
        if (error instanceof BrokenCircuitError) throw lastFailure
        if (isFaultOfModel(error)) lastFailure = error
        throw error
      }
    },
  }
}

/** An empty answer says more about the question than about the model. */
function isFaultOfModel(error: unknown): error is ProviderFailure {
  return error instanceof ProviderFailure && error.isSurvivable(true) && error.code !== 'empty_answer'
}
