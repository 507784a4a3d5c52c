import { z } from 'zod'
import { count, dollars, time } from './fields.ts'

export const usageQuerySchema = z.strictObject({
  days: z.enum(['7', '30', '90']).default('30').meta({ description: 'How many days, today included.' }),
  timeZone: z
    .string()
    .max(64)
    .default('UTC')
    .refine((zone) => isTimeZone(zone), 'a time zone such as Europe/Berlin')
    .meta({ description: 'In which days begin.', example: 'Europe/Berlin' }),
})

function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return true
  } catch {
    return false
  }
}

const sums = {
  calls: count,
  running: count,
  inputTokens: z.number(),
  cachedInputTokens: z.number(),
  outputTokens: z.number(),
  callsWithoutTokens: count.meta({ description: 'Of which the provider did not report the tokens.' }),
  cost: z.number().meta({ description: 'In US dollars, of the calls whose cost is known.' }),
  callsWithoutCost: count,
}
const ms = z.number().nullable()
const times = { latencyP50: ms, latencyP95: ms, timeToFirstTokenP50: ms, timeToFirstTokenP95: ms }

export const usageSchema = z
  .object({
    total: z.object({ ...sums, ...times }),
    byDay: z.array(z.object({ ...sums, day: z.iso.date() })),
    byModel: z.array(z.object({ ...sums, ...times, provider: z.string(), model: z.string() })),
    byPersona: z.array(z.object({ ...sums, persona: z.string().nullable() })),
    byKind: z.array(z.object({ ...sums, kind: z.enum(['answer', 'title', 'summary']) })),
    byConversation: z.array(z.object({ ...sums, id: z.uuid().nullable(), title: z.string().nullable() })),
    otherConversations: count,
    failures: z.array(z.object({ code: z.string(), calls: count })),
    month: z
      .object({ spent: z.number(), budget: dollars, resetsAt: time })
      .meta({ description: 'In US dollars, of the calendar month (UTC); a budget of NULL is none.' }),
  })
  .meta({ id: 'Usage' })

export type ApiUsage = z.infer<typeof usageSchema>
