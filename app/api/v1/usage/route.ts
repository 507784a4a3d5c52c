import { usageQuerySchema } from '#lib/api/usage.ts'
import { requireCaller } from '#lib/auth/require-caller.ts'
import { answerProblems } from '#lib/server/answer-problems.ts'
import { apiJson } from '#lib/server/api-json.ts'
import { apiQuery } from '#lib/server/api-query.ts'
import { apiUsage } from '#lib/server/api-usage.ts'

/** What the person's calls of the last days came to. */
export function GET(request: Request): Promise<Response> {
  return answerProblems(async () => {
    const { user } = await requireCaller(request, 'read')
    const { days, timeZone } = apiQuery(request, usageQuerySchema)
    return apiJson(request, await apiUsage(user.id, Number(days), timeZone))
  })
}
