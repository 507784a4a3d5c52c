import type { Problem } from '#lib/api/problem.ts'
import { explainGenerationError } from '#lib/chat/generation-errors.ts'
import type { StoredTurn } from '#lib/db/generations.ts'

/** With which status a failed answer is answered; a provider's fault is no fault of the request. */
const statuses: Record<string, number> = {
  rate_limited: 429,
  context_too_long: 413,
  content_filtered: 422,
  timed_out: 504,
  unexpected: 500,
}
const PROVIDER_FAULT = 502

/** An answer that failed or broke off, on its way to whoever asked for it through the API. */
export class FailedAnswer extends Error {
  override readonly name = 'FailedAnswer'
  readonly problem: Omit<Problem, 'type' | 'title'>

  constructor({ conversationId, answerId, generation }: StoredTurn) {
    super(`the answer ${answerId} failed`)
    const code = generation.errorCode ?? 'unexpected'
    const { title, remedy } = explainGenerationError(code)
    this.problem = {
      ...{ status: statuses[code] ?? PROVIDER_FAULT, detail: `${title}. ${remedy}`, code },
      ...(generation.retryInSeconds !== null && { retryAfter: Math.ceil(generation.retryInSeconds) }),
      ...{ conversationId, messageId: answerId },
    }
  }
}
