import type { Microcents } from '#lib/chat/money.ts'
import type { Models } from '#lib/providers/resolve-models.ts'

/** What whoever starts the server should know: a budget cannot hold what has no known price. */
export function budgetWarnings(
  { answering, fallback, utility }: Pick<Models, 'answering' | 'fallback' | 'utility'>,
  monthlyBudget: Microcents | null,
): string[] {
  if (monthlyBudget === null) return []
  const unpriced = [answering, fallback ?? answering, utility].filter(({ price }) => price === null)
  const names = [...new Set(unpriced.map(({ label }) => label.model))]
  return names.map(
    (name) => `MONTHLY_BUDGET_USD cannot count ${name}, whose price is not known. Put it into MODEL_PRICES.`,
  )
}
