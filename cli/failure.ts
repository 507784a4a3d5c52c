import { plainText } from './plain-text.ts'

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

interface FailureOptions {
  /** As the server names it; NULL when it was not the server that failed. */
  code?: string | null
  /** After how many seconds trying again can help. */
  retryAfter?: number | null
  /** Whether it passes by itself, and soon. */
  isPassing?: boolean
}

/** An expected failure: a sentence for the person, a kind for the exit code. */
export class Failure extends Error {
  override readonly name = 'Failure'
  readonly kind: FailureKind
  readonly code: string | null
  readonly retryAfter: number | null
  readonly isPassing: boolean

  constructor(
    kind: FailureKind,
    message: string,
    { code = null, retryAfter = null, isPassing = false }: FailureOptions = {},
  ) {
    // Part of it may be a server's.
    super(plainText(message))
    this.kind = kind
    this.code = code
    this.retryAfter = retryAfter
    this.isPassing = isPassing
  }
}
