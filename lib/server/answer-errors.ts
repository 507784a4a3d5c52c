import { randomUUID } from 'node:crypto'
import { isDatabaseUnavailable } from '#lib/db/database-errors.ts'
import { AppError, type ErrorBody } from '#lib/errors.ts'
import { log, noteRequest } from '#lib/log.ts'
import { countRequestError } from './record-metrics.ts'
import { unkept } from './unkept.ts'

/**
 * Runs a route handler and answers whatever it throws: an expected failure with its code and words,
 * a database that is away with 503, anything else with an id that leads to the log.
 */
export async function answerErrors(handle: () => Promise<Response>): Promise<Response> {
  try {
    return await unkept(handle())
  } catch (error) {
    return errorResponse(toAppError(error))
  }
}

function errorResponse({ status, body }: { status: number; body: ErrorBody }): Response {
  const headers = new Headers({ 'cache-control': 'no-store' })
  if (body.retryAfterSeconds !== undefined) headers.set('retry-after', String(body.retryAfterSeconds))
  return Response.json({ error: body }, { status, headers })
}

/** Anything that was thrown as what may be told of it; what is not expected goes to the log. */
export function toAppError(error: unknown): { status: number; body: ErrorBody } {
  const judged = judge(error)
  const { code, errorId } = judged.body
  countRequestError(code)
  noteRequest({ errorCode: code, ...(errorId !== undefined && { errorId }) })
  return judged
}

function judge(error: unknown): { status: number; body: ErrorBody } {
  if (error instanceof AppError) return { status: error.status, body: error.toBody() }
  if (isDatabaseUnavailable(error)) {
    log().error({ error: String(error) }, 'database unavailable')
    const unavailable = new AppError(
      'database_unavailable',
      'The database is not available at the moment. Try again shortly.',
      {
        retryAfterSeconds: 5,
      },
    )
    return { status: unavailable.status, body: unavailable.toBody() }
  }
  const errorId = randomUUID()
  log().error({ errorId, error: error instanceof Error ? error.stack : String(error) }, 'unexpected failure')
  const message = `Something went wrong on the server. Whoever runs it finds the cause in the log under ${errorId}.`
  return { status: 500, body: { code: 'unexpected', message, errorId } }
}
