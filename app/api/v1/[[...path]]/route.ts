import { AppError } from '#lib/errors.ts'
import { answerProblems } from '#lib/server/answer-problems.ts'

/** Whatever else is asked for below /api/v1: a program is told so as a problem, not by a page. */
function refuse({ method, url }: Request): Promise<Response> {
  return answerProblems(async () => {
    throw new AppError(
      'not_found',
      `There is no ${method} ${new URL(url).pathname}. /api/docs has every operation.`,
    )
  })
}

export { refuse as DELETE, refuse as GET, refuse as PATCH, refuse as POST, refuse as PUT }
