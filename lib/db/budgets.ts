import type { PersonBudget } from '#lib/chat/month-spending.ts'
import { db } from './client.ts'

/** What each person has spent this month and may, by name; for administrators. NULL: they have no budget of their own. */
export async function listBudgets(): Promise<PersonBudget[]> {
  return db().$queryRaw<PersonBudget[]>`
    SELECT id, name, email, month_spending(id)::float8 AS spent, "monthlyBudget"::float8 AS "ownBudget"
    FROM "user" WHERE "disabledAt" IS NULL ORDER BY lower(name), email`
}
