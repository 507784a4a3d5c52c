import { requireUser } from '#lib/auth/session.ts'
import { readMonthSpending } from '#lib/db/usage-events.ts'
import { answerErrors } from '#lib/server/answer-errors.ts'
import { defaultBudget } from '#lib/server/turn-setting.ts'

/** What the person has spent this month, what they may (NULL: no limit), and when the next month begins. */
export function GET(): Promise<Response> {
  return answerErrors(async () => {
    const user = await requireUser()
    return Response.json(await readMonthSpending(user.id, defaultBudget()))
  })
}
