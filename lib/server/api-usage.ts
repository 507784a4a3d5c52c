import { type ApiUsage, usageSchema } from '#lib/api/usage.ts'
import { lastDays } from '#lib/chat/local-days.ts'
import { type Microcents, toDollars } from '#lib/chat/money.ts'
import { readMonthSpending } from '#lib/db/usage-events.ts'
import { readUsageReport } from '#lib/db/usage-report.ts'
import { defaultBudget } from './turn-setting.ts'

/** What a person's calls of the last days came to, and what they have spent this month, in dollars. */
export async function apiUsage(userId: string, days: number, timeZone: string): Promise<ApiUsage> {
  const [report, { spent, budget, resetsAt }] = await Promise.all([
    readUsageReport(userId, lastDays(days, timeZone, new Date())),
    readMonthSpending(userId, defaultBudget()),
  ])
  // The rows of the report have columns that are nobody's business.
  return usageSchema.parse({
    total: inDollars(report.total),
    byDay: report.byDay.map(inDollars),
    byModel: report.byModel.map(inDollars),
    byPersona: report.byPersona.map(inDollars),
    byKind: report.byKind.map(inDollars),
    byConversation: report.byConversation.map(inDollars),
    otherConversations: report.otherConversations,
    failures: report.failures,
    month: { spent: toDollars(spent), budget: toDollars(budget), resetsAt },
  })
}

function inDollars<Sums extends { cost: Microcents }>(sums: Sums): Sums {
  return { ...sums, cost: toDollars(sums.cost) }
}
