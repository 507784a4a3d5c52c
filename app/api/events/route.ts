import { requireUser } from '#lib/auth/session.ts'
import { answerErrors } from '#lib/server/answer-errors.ts'
import { conversationEventsResponse } from '#lib/server/conversation-events-response.ts'

/** Tells of every change in the person's conversations as it happens. */
export function GET(): Promise<Response> {
  return answerErrors(async () => conversationEventsResponse((await requireUser()).id))
}
