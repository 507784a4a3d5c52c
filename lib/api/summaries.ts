import { z } from 'zod'
import { count, id, time } from './fields.ts'

const summarySchema = z
  .object({
    id,
    version: z.int().positive(),
    throughMessageId: id.meta({ description: 'The last message that it covers.' }),
    text: z.string(),
    tokens: count,
    author: z.enum(['model', 'person']),
    provider: z.string().nullable(),
    model: z.string().nullable(),
    basedOnVersion: count.nullable(),
    restoredFromVersion: count.nullable(),
    fromMessageId: id.nullable(),
    foldedMessages: count,
    coveredMessages: count,
    createdAt: time,
    isActive: z.boolean().meta({ description: 'Whether it is what is sent on the branch that is shown.' }),
    canHold: z.boolean().meta({ description: 'Whether it can be.' }),
  })
  .meta({ id: 'Summary' })

export const summaryListSchema = z
  .object({
    versions: z.array(summarySchema).meta({ description: 'Newest first.' }),
    nextBefore: count.nullable().meta({ description: 'For `before`; NULL at the end.' }),
  })
  .meta({ id: 'SummaryList' })
