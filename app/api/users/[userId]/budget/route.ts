import { requestAddress } from '#lib/auth/request-address.ts'
import { requireAdministrator } from '#lib/auth/session.ts'
import { budgetChangeSchema } from '#lib/chat/budget-change.ts'
import { formatMoney, microcents } from '#lib/chat/money.ts'
import { answerErrors } from '#lib/server/answer-errors.ts'
import { recordAudit } from '#lib/server/audit.ts'
import { changeBudget } from '#lib/server/change-budget.ts'
import { userIdFrom } from '#lib/server/path-ids.ts'
import { readJson } from '#lib/server/read-json.ts'
import { requirePerson } from '#lib/server/require-person.ts'

/** Sets what a person may spend in a month; for administrators. Answers with what they have spent and may. */
export function PUT(
  request: Request,
  context: RouteContext<'/api/users/[userId]/budget'>,
): Promise<Response> {
  return answerErrors(async () => {
    const administrator = await requireAdministrator()
    const { monthlyBudgetUsd } = await readJson(request, budgetChangeSchema)
    const person = await requirePerson(userIdFrom(await context.params))
    const month = await changeBudget(person.id, monthlyBudgetUsd)
    const outcome =
      monthlyBudgetUsd === null ? 'the usual one' : `${formatMoney(microcents(monthlyBudgetUsd))} a month`
    const subject = { id: person.id, name: person.email, outcome }
    const address = requestAddress(request.headers)
    await recordAudit({ action: 'user.budget_changed', actor: administrator, subject, address })
    return Response.json(month)
  })
}
