import { clearRequestSchema } from '#lib/api/conversations.ts'
import { requireCaller } from '#lib/auth/require-caller.ts'
import { findLastAnswer } from '#lib/db/messages.ts'
import { AppError } from '#lib/errors.ts'
import { answerProblems } from '#lib/server/answer-problems.ts'
import { apiJson } from '#lib/server/api-json.ts'
import { changeBranch } from '#lib/server/change-branch.ts'
import { conversationIdFrom, conversationNotFound } from '#lib/server/path-ids.ts'
import { readJson } from '#lib/server/read-json.ts'

type Context = RouteContext<'/api/v1/conversations/[conversationId]/clear'>

/** Starts the context afresh after the last answer: it and what came before are not sent any more. */
export function POST(request: Request, context: Context): Promise<Response> {
  return change(request, context, 'clear')
}

/** Takes that back. */
export function DELETE(request: Request, context: Context): Promise<Response> {
  return change(request, context, 'unclear')
}

function change(request: Request, context: Context, kind: 'clear' | 'unclear'): Promise<Response> {
  return answerProblems(async () => {
    const { user } = await requireCaller(request, 'write')
    const { messageId } = await readJson(request, clearRequestSchema)
    const conversationId = conversationIdFrom(await context.params)
    const id = messageId ?? (await lastAnswer(user.id, conversationId))
    const { conversation } = await changeBranch(user.id, conversationId, id, kind)
    return apiJson(request, conversation)
  })
}

async function lastAnswer(userId: string, conversationId: string): Promise<string> {
  const last = await findLastAnswer(userId, conversationId)
  if (!last) throw conversationNotFound()
  if (last.answerId) return last.answerId
  throw new AppError(
    'invalid_request',
    'Nothing was said in this conversation yet: there is nothing to clear.',
  )
}
