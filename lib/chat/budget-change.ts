import { z } from 'zod'

const error = 'wants dollars from 0 to 1000000, or null for the usual budget'

/** A person's own budget a month, in dollars; NULL: the usual one. */
export const budgetChangeSchema = z.strictObject({
  monthlyBudgetUsd: z.number(error).min(0, error).max(1_000_000, error).nullable(),
})
