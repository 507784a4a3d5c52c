import { z } from 'zod'
import type { ContextLedger } from './context-ledger.ts'

const text = { hash: z.string(), tokens: z.number() }
const cutEnds = z.tuple([z.number(), z.number()])
const told = z.object({ ...text, cutEnds: cutEnds.exactOptional() })
const reason = z.enum(['failed', 'empty', 'no_question', 'over_budget'])

const shape = {
  budget: z.number(),
  prompt: z.object({ ...text, fragments: z.array(z.object({ ...text, path: z.string() })) }),
  instructions: told.nullable(),
  folder: told.exactOptional(),
  summary: z
    .object({
      ...{ id: z.string(), version: z.number(), throughMessageId: z.string(), tokens: z.number() },
      cutEnds: cutEnds.exactOptional(),
    })
    .nullable(),
  clearedThroughId: z.string().nullable(),
  sent: z.array(
    z.object({
      ...{ messageId: z.string(), tokens: z.number(), length: z.number() },
      ...{ cutTo: z.number().exactOptional(), cutEnds: cutEnds.exactOptional() },
    }),
  ),
  leftOut: z.array(z.object({ messageId: z.string(), tokens: z.number(), reason })),
  overBudget: z
    .object({ fromId: z.string(), throughId: z.string(), messages: z.number(), tokens: z.number() })
    .nullable(),
  continuation: z.object(text).exactOptional(),
  ...{ tokenRatio: z.number(), totalTokens: z.number() },
} satisfies Record<keyof ContextLedger, z.ZodType>

/** A ledger as it is stored with a generation, to check one that comes from outside. */
export const ledgerSchema: z.ZodType<ContextLedger> = z.object(shape)
