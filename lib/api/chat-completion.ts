import { z } from 'zod'
import { cleanText } from '#lib/chat/clean-text.ts'

/** What OpenAI's clients send to `POST /v1/chat/completions`, as far as Stoa can do it; what it cannot is refused by name. */

const text = z.string().transform(cleanText)
const content = z.union([
  text,
  z
    .array(z.object({ type: z.literal('text', 'Stoa reads text only'), text }))
    .transform((parts) => parts.map((part) => part.text).join('\n')),
])

const message = z.discriminatedUnion('role', [
  z.object({ role: z.enum(['system', 'developer']), content }),
  z.object({ role: z.literal('user'), content }),
  z.object({
    role: z.literal('assistant'),
    content,
    tool_calls: z.array(z.unknown()).max(0, 'Stoa calls no tools').nullish(),
  }),
])

const between = (least: number, most: number) => z.number().min(least).max(most).nullish()
const count = z.int().positive().nullish()
/** Asking for nothing of it is all that can be asked. */
const none = (why: string) => z.null(why).optional()
const empty = (why: string) => z.array(z.unknown()).max(0, why).nullish()

export const completionRequestSchema = z.object({
  model: z.string().min(1).max(200),
  messages: z.array(message).min(1),
  stream: z.boolean().nullish(),
  stream_options: z.object({ include_usage: z.boolean().nullish() }).nullish(),
  metadata: z.object({ conversation_id: z.uuid().optional() }).nullish(),
  temperature: between(0, 2),
  top_p: between(0, 1),
  presence_penalty: between(-2, 2),
  frequency_penalty: between(-2, 2),
  seed: z.int().nullish(),
  stop: z.union([z.string().min(1), z.array(z.string().min(1)).max(4)]).nullish(),
  max_tokens: count,
  max_completion_tokens: count,
  n: z.literal(1, 'Stoa writes one answer to a request').nullish(),
  tools: empty('Stoa calls no tools'),
  functions: empty('Stoa calls no functions'),
  response_format: z.object({ type: z.literal('text', 'Stoa writes text only') }).nullish(),
  modalities: z.array(z.literal('text', 'Stoa writes text only')).nullish(),
  logprobs: z.literal(false, 'Stoa has no log probabilities').nullish(),
  top_logprobs: none('Stoa has no log probabilities'),
  logit_bias: z.record(z.string(), z.never('Stoa weighs no tokens')).nullish(),
  reasoning_effort: none('Stoa leaves it to the model how long it thinks'),
  verbosity: none('Say in a message how long the answer is to be'),
  audio: none('Stoa reads and writes text only'),
  web_search_options: none('Stoa looks nothing up'),
})

export type CompletionRequest = z.infer<typeof completionRequestSchema>

/** Tokens as OpenAI's clients read them. */
export interface CompletionUsage {
  prompt_tokens: number
  completion_tokens: number
  total_tokens: number
}

/** What an answer's end is called. */
export type FinishReason = 'stop' | 'length'

export interface OpenAiError {
  message: string
  type: string
  param: string | null
  code: string | null
}
