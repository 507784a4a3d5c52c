import { searchFilters, searchQuerySchema } from '#lib/api/search.ts'
import { requireCaller } from '#lib/auth/require-caller.ts'
import { answerProblems } from '#lib/server/answer-problems.ts'
import { apiJson } from '#lib/server/api-json.ts'
import { apiQuery } from '#lib/server/api-query.ts'
import { searchConversations } from '#lib/server/search-conversations.ts'

/** A page of the person's conversations in which something stands. */
export function GET(request: Request): Promise<Response> {
  return answerProblems(async () => {
    const { user } = await requireCaller(request, 'read')
    const query = apiQuery(request, searchQuerySchema)
    const filters = searchFilters(query)
    return apiJson(
      request,
      await searchConversations(user.id, { query: query.q, filters, cursor: query.cursor }),
    )
  })
}
