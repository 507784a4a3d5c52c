import { searchFilters, searchQuerySchema } from '#lib/api/search.ts'
import { requireUser } from '#lib/auth/session.ts'
import { answerErrors } from '#lib/server/answer-errors.ts'
import { apiQuery } from '#lib/server/api-query.ts'
import { searchConversations } from '#lib/server/search-conversations.ts'

/** A page of the person's conversations in which something stands. */
export function GET(request: Request): Promise<Response> {
  return answerErrors(async () => {
    const user = await requireUser()
    const query = apiQuery(request, searchQuerySchema)
    const filters = searchFilters(query)
    return Response.json(
      await searchConversations(user.id, { query: query.q, filters, cursor: query.cursor }),
    )
  })
}
