import { requireUser } from '#lib/auth/session.ts'
import { contextQuerySchema } from '#lib/chat/chat-request.ts'
import { answerErrors } from '#lib/server/answer-errors.ts'
import { readGauge } from '#lib/server/read-gauge.ts'
import { parseWith } from '#lib/server/read-json.ts'

/** What the first message of a new conversation would be sent with, by `?persona=`, `?intensity=` and `?model=`. */
export function GET(request: Request): Promise<Response> {
  return answerErrors(async () => {
    const user = await requireUser()
    const query = parseWith(contextQuerySchema, Object.fromEntries(new URL(request.url).searchParams))
    return Response.json(await readGauge(user.id, null, query))
  })
}
