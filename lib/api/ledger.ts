import { z } from 'zod'
import { messageSchema } from './conversations.ts'
import { count, dollars, id, time, tokens } from './fields.ts'

const counted = count.meta({ description: 'Tokens, as counted here.' })
const sent = {
  text: z.string().nullable().meta({ description: 'NULL: it is kept no longer.' }),
  tokens: counted,
}
const role = z.enum(['user', 'assistant'])

const callSchema = z.object({
  provider: z.string(),
  model: z.string(),
  sentAtMs: z.number(),
  firstTokenAtMs: z.number().nullable(),
  endedAtMs: z.number(),
  outcome: z.string(),
  maxOutputTokens: count,
  temperature: z.number().nullable(),
  adaptations: z.array(z.string()),
  isRebuilt: z.boolean(),
  inputTokens: tokens,
  outputTokens: tokens,
  cachedInputTokens: tokens,
  reasoningTokens: tokens,
  cost: dollars,
})

/** How one run of an answer was made. */
export const ledgerSchema = z
  .object({
    run: messageSchema.options[1].shape.generation,
    runs: z.array(z.object({ id, startedAt: time })),
    state: z.enum(['kept', 'before', 'nothing', 'running', 'imported']),
    budget: z.number(),
    tokenRatio: z.number(),
    totalTokens: z.number(),
    prompt: z.object({
      ...sent,
      hash: z.string(),
      fragments: z.array(z.object({ ...sent, path: z.string() })),
    }),
    instructions: z.object(sent).nullable(),
    folder: z.object(sent).nullable().meta({ description: 'The instructions of the folder it was in.' }),
    summary: z.object({ ...sent, version: count, throughMessageId: id, isCut: z.boolean() }).nullable(),
    messages: z.array(z.object({ ...sent, id, role, isCut: z.boolean() })),
    continuation: z.object(sent).nullable(),
    leftOut: z.array(
      z.object({
        ...{ id, role, beginning: z.string(), tokens: counted },
        reason: z.enum(['failed', 'empty', 'no_question', 'over_budget']),
      }),
    ),
    overBudget: z.object({ fromId: id, throughId: id, messages: count, tokens: count }).nullable(),
    clearedThroughId: id.nullable(),
    calls: z.array(callSchema),
    request: z.record(z.string(), z.unknown()).nullable().meta({
      description: 'The body of the last call’s request, as the provider was sent it.',
    }),
    cachedInputTokens: tokens,
    reasoningTokens: tokens,
    cost: dollars,
  })
  .meta({ id: 'Ledger' })

export type ApiLedger = z.infer<typeof ledgerSchema>
