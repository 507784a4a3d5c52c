import { requireAdministrator } from '#lib/auth/session.ts'
import { budgetChangeSchema } from '#lib/chat/budget-change.ts'
import { answerErrors } from '#lib/server/answer-errors.ts'
import { changeBudget } from '#lib/server/change-budget.ts'
import { userIdFrom } from '#lib/server/path-ids.ts'
import { readJson } from '#lib/server/read-json.ts'

/** Sets what a person may spend in a month; for administrators. Answers with what they have spent and may. */
export function PUT(
  request: Request,
  context: RouteContext<'/api/users/[userId]/budget'>,
): Promise<Response> {
  return answerErrors(async () => {
    await requireAdministrator()
    const { monthlyBudgetUsd } = await readJson(request, budgetChangeSchema)
    return Response.json(await changeBudget(userIdFrom(await context.params), monthlyBudgetUsd))
  })
}
