import type { ApiEvent } from '#lib/api/chat.ts'
import { type Problem, problemSchema } from '#lib/api/problem.ts'
import { Failure, type FailureKind } from './failure.ts'
import { readJson } from './read-json.ts'

type ErrorEvent = Extract<ApiEvent, { event: 'error' }>['data']

/** Why a server did not do what it was asked for. */
export async function refusalOf(response: Response): Promise<Failure> {
  const { status, headers, url } = response
  const place = headers.get('location')
  if (status < 400 && place && URL.canParse(place, url)) {
    const { origin } = new URL(place, url)
    return new Failure(
      'unreachable',
      `${new URL(url).origin} sends on to another address. Use: stoa login ${origin}`,
    )
  }
  const problem = problemSchema.safeParse(readJson(await response.text()))
  if (problem.success) return failureOf(problem.data)
  if (status < 500) return notStoas(response)
  // A proxy says so while the server behind it starts.
  return new Failure('unreachable', `The server answered ${status}: it is not ready, or cannot be reached.`, {
    isPassing: true,
  })
}

/** The failure of an answer that Stoa does not give. */
export function notStoas({ status, url }: Response): Failure {
  return new Failure(
    'unreachable',
    `${new URL(url).origin} answered ${status} with something that is not Stoa’s, or another version’s. Is the address right?`,
  )
}

/** The failure of a call that got no answer. */
export function unreachable(base: string, error: unknown): Failure {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  return new Failure('unreachable', `${new URL(base).origin} cannot be reached: ${words(cause, code)}.`, {
    // A certificate that is not believed now will not be in a second.
    isPassing: !/CERT|SSL|TLS|ERR_INVALID/.test(code),
  })
}

function words(cause: unknown, code: string): string {
  if (code === 'ECONNREFUSED') return 'nothing listens there'
  if (code === 'ENOTFOUND') return 'there is no such name'
  if (!(cause instanceof Error)) return String(cause)
  return cause.message || code || cause.name
}

/** The failure of an answer that had begun. */
export function failedAnswer({ code, message, retryAfter }: ErrorEvent): Failure {
  const kind = code === 'rate_limited' ? 'too_many' : code === 'unexpected' ? 'failed' : 'provider'
  return new Failure(kind, message, { code, retryAfter: retryAfter ?? null })
}

function failureOf({ status, code, detail, retryAfter }: Problem): Failure {
  const kind = kindOf(status, code)
  return new Failure(kind, detail, {
    ...{ code, retryAfter: retryAfter ?? null },
    isPassing: kind === 'unreachable' || code === 'too_busy',
  })
}

function kindOf(status: number, code: string): FailureKind {
  if (status === 401) return 'signed_out'
  if (code === 'too_many_turns' || code === 'rate_limited' || code === 'too_busy') return 'too_many'
  if (code === 'database_unavailable' || code === 'shutting_down') return 'unreachable'
  if (code === 'unexpected') return 'failed'
  return status === 502 || status === 504 ? 'provider' : 'refused'
}
