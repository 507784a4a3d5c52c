import { microcents } from '#lib/chat/money.ts'
import type { MonthSpending } from '#lib/chat/month-spending.ts'
import { readMonthSpending, setMonthlyBudget } from '#lib/db/usage-events.ts'
import { userNotFound } from './path-ids.ts'
import { defaultBudget } from './turn-setting.ts'

/**
 * Gives a person a budget of their own, or the usual one; it counts from their next answer.
 *
 * @param dollars a month; NULL: the usual one
 * @throws AppError not_found
 */
export async function changeBudget(userId: string, dollars: number | null): Promise<MonthSpending> {
  const changed = await setMonthlyBudget(userId, dollars === null ? null : microcents(dollars))
  if (!changed) throw userNotFound()
  return readMonthSpending(userId, defaultBudget())
}
