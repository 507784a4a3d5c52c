import { z } from 'zod'
import { count, time } from './fields.ts'

export const statsSchema = z
  .object({
    createdAt: time,
    messages: count.meta({ description: 'On the branch that is shown.' }),
    otherMessages: count,
    messagesSinceClear: count.nullable(),
    summaryVersion: count.nullable(),
    calls: count,
    inputTokens: z.number(),
    cachedInputTokens: z.number(),
    outputTokens: z.number(),
    callsWithoutTokens: count,
    cost: z.number().meta({ description: 'In US dollars, of the calls whose cost is known.' }),
    callsWithoutCost: count,
    context: z.object({ tokens: z.number(), budget: z.number(), model: z.string() }).meta({
      description: 'With what the next message would be sent, before it is written, and what may be.',
    }),
  })
  .meta({ id: 'Stats' })

export type ApiStats = z.infer<typeof statsSchema>
