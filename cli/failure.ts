import type { Problem } from '#lib/api/problem.ts'

/** With what the program ends, by the kind of failure; `stoa ask --help` tells them. */
export const exitCodes = {
  failed: 1,
  usage: 2,
  signed_out: 3,
  refused: 4,
  too_many: 5,
  provider: 6,
  unreachable: 7,
  stopped: 130,
} as const

export type FailureKind = keyof typeof exitCodes

/** An expected failure: a sentence for the person, a kind for the exit code. */
export class Failure extends Error {
  override readonly name = 'Failure'
  readonly kind: FailureKind
  /** As the server names it; NULL when it was not the server that failed. */
  readonly code: string | null
  readonly retryAfter: number | null

  constructor(
    kind: FailureKind,
    message: string,
    { code = null, retryAfter = null }: { code?: string | null; retryAfter?: number | null } = {},
  ) {
    super(message)
    this.kind = kind
    this.code = code
    this.retryAfter = retryAfter
  }
}

/** What a problem that the server answered is, seen from here. */
export function failureOf({
  status,
  code,
  detail,
  retryAfter,
}: Pick<Problem, 'status' | 'code' | 'detail' | 'retryAfter'>): Failure {
  return new Failure(kindOf(status, code), detail, { code, retryAfter: retryAfter ?? null })
}

function kindOf(status: number, code: string): FailureKind {
  if (status === 401) return 'signed_out'
  if (code === 'too_many_turns' || code === 'rate_limited' || code === 'too_busy') return 'too_many'
  if (code === 'database_unavailable' || code === 'shutting_down') return 'unreachable'
  if (status === 502 || status === 504 || status === 422 || status === 500) return 'provider'
  return 'refused'
}
