import { requireUser } from '#lib/auth/session.ts'
import { chatRequestSchema } from '#lib/chat/chat-request.ts'
import { answerErrors } from '#lib/server/answer-errors.ts'
import { readJson } from '#lib/server/read-json.ts'
import { startTurn } from '#lib/server/start-turn.ts'
import { turnResponse } from '#lib/server/turn-response.ts'
import { withTurnSlot } from '#lib/server/turn-slots.ts'

/** Sends a message, or asks for another answer to one, and streams the answer. */
export function POST(request: Request): Promise<Response> {
  return answerErrors(async () => {
    const user = await withTurnSlot(requireUser)
    const chatRequest = await readJson(request, chatRequestSchema)
    return turnResponse(await withTurnSlot(() => startTurn(user.id, chatRequest)))
  })
}
