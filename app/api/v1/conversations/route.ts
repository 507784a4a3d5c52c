import { conversationQuerySchema, newConversationSchema } from '#lib/api/conversations.ts'
import { requireCaller } from '#lib/auth/require-caller.ts'
import { listWholeConversations } from '#lib/db/list-conversations.ts'
import { answerProblems } from '#lib/server/answer-problems.ts'
import { apiJson } from '#lib/server/api-json.ts'
import { apiQuery } from '#lib/server/api-query.ts'
import { createConversation } from '#lib/server/change-conversation.ts'
import { readJson } from '#lib/server/read-json.ts'

/** A page of the person's conversations, newest activity first. */
export function GET(request: Request): Promise<Response> {
  return answerProblems(async () => {
    const { user } = await requireCaller(request, 'read')
    const { archived, deleted = false, ...page } = apiQuery(request, conversationQuerySchema)
    const which = { archived: archived ?? (deleted ? undefined : false), deleted }
    return apiJson(request, await listWholeConversations(user.id, { ...page, ...which }))
  })
}

/** Makes a conversation in which nothing was said yet. */
export function POST(request: Request): Promise<Response> {
  return answerProblems(async () => {
    const { user } = await requireCaller(request, 'write')
    const conversation = await createConversation(user.id, await readJson(request, newConversationSchema))
    const headers = { location: `/api/v1/conversations/${conversation.id}` }
    return apiJson(request, conversation, { status: 201, headers })
  })
}
