import { z } from 'zod'
import { time } from './fields.ts'

export const statsSchema = z
  .object({
    createdAt: time,
    messages: z.int().meta({ description: 'On the branch that is shown.' }),
    otherMessages: z.int(),
    messagesSinceClear: z.int().nullable(),
    summaryVersion: z.int().nullable(),
    calls: z.int(),
    inputTokens: z.number(),
    cachedInputTokens: z.number(),
    outputTokens: z.number(),
    callsWithoutTokens: z.int(),
    cost: z.number().meta({ description: 'In US dollars, of the calls whose cost is known.' }),
    callsWithoutCost: z.int(),
    context: z.object({ tokens: z.number(), budget: z.number(), model: z.string() }).meta({
      description: 'With what the next message would be sent, before it is written, and what may be.',
    }),
  })
  .meta({ id: 'Stats' })

export type ApiStats = z.infer<typeof statsSchema>
