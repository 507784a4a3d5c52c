import { STATUS_CODES } from 'node:http'
import type { Problem } from '#lib/api/problem.ts'
import { toAppError } from './answer-errors.ts'
import { FailedAnswer } from './failed-answer.ts'

/** Runs a handler of the REST API and answers whatever it throws as a problem (RFC 9457). */
export async function answerProblems(handle: () => Promise<Response>): Promise<Response> {
  try {
    return await handle()
  } catch (error) {
    return problemResponse(toProblem(error))
  }
}

function toProblem(error: unknown): Problem {
  if (error instanceof FailedAnswer) return withTitle(error.problem)
  const { status, body } = toAppError(error)
  const { code, message, field, retryAfterSeconds, errorId } = body
  return withTitle({
    ...{ status, detail: message, code },
    ...(field !== undefined && { field }),
    ...(retryAfterSeconds !== undefined && { retryAfter: retryAfterSeconds }),
    ...(errorId !== undefined && { errorId }),
  })
}

function withTitle(problem: Omit<Problem, 'type' | 'title'>): Problem {
  return { type: 'about:blank', title: STATUS_CODES[problem.status] ?? 'Error', ...problem }
}

function problemResponse(problem: Problem): Response {
  const headers = new Headers({ 'content-type': 'application/problem+json', 'cache-control': 'no-store' })
  const { code, retryAfter, status } = problem
  if (retryAfter !== undefined) headers.set('retry-after', String(Math.ceil(retryAfter)))
  if (status === 401) headers.set('www-authenticate', 'Bearer')
  if (code === 'too_many_turns') headers.set('ratelimit', `"turns";r=0;t=${Math.ceil(retryAfter ?? 60)}`)
  return new Response(JSON.stringify(problem), { status, headers })
}
