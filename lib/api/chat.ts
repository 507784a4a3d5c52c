import { z } from 'zod'
import { choice, count, dollars, exampleId, id, intensity, tokens } from './fields.ts'

const stream = z
  .boolean()
  .default(false)
  .meta({ description: 'Whether the answer comes as Server-Sent Events while it is written.' })

export const chatRequestSchema = z
  .strictObject({
    message: z.string().meta({ description: 'Up to 32,000 characters.', example: 'Is this argument sound?' }),
    conversationId: id.optional().meta({ description: 'Missing: a new conversation.' }),
    parentId: id.optional().meta({
      description: 'The answer that the message follows; missing: the last one of the branch that is shown.',
    }),
    ...choice,
    stream,
  })
  .meta({
    id: 'ChatRequest',
    example: { message: 'Is this argument sound?', persona: 'stoic', stream: false },
  })

/** Another answer to a message that was sent. */
export const answerRequestSchema = z
  .strictObject({ ...choice, stream })
  .meta({ id: 'AnswerRequest', example: { persona: 'tutor', intensity: 'high', stream: false } })

export const answerSchema = z
  .object({
    response: z.string(),
    conversationId: id,
    messageId: id.meta({ description: 'The answer’s.' }),
    status: z.enum(['complete', 'truncated', 'stopped']).meta({
      description: 'Whether it came to its end, was cut off by its limit, or was stopped.',
    }),
    persona: z.string(),
    intensity,
    model: z.string().meta({ description: 'The model that wrote it, as `provider:model`.' }),
    usage: z.object({ inputTokens: tokens, outputTokens: tokens, totalTokens: tokens }),
    cost: dollars,
    latencyMs: count.nullable(),
    sources: z.array(z.never()).meta({ description: 'Stoa looks nothing up yet: always empty.' }),
  })
  .meta({
    id: 'Answer',
    example: {
      ...{ response: 'Its second premise is not.', conversationId: exampleId, messageId: exampleId },
      ...{ status: 'complete', persona: 'stoic', intensity: 'medium', model: 'openai:gpt-5.4-mini' },
      usage: { inputTokens: 1640, outputTokens: 212, totalTokens: 1852 },
      ...{ cost: 0.00218, latencyMs: 3410, sources: [] },
    },
  })

export type Answer = z.infer<typeof answerSchema>
export type ChatRequest = z.infer<typeof chatRequestSchema>
export type AnswerRequest = z.infer<typeof answerRequestSchema>

/** The data of the stream’s events, by their names. */
export const eventSchemas = {
  token: z.object({ content: z.string() }).meta({ id: 'TokenEvent' }),
  title: z.object({ title: z.string() }).meta({ id: 'TitleEvent' }),
  done: answerSchema,
  error: z
    .object({ code: z.string(), message: z.string(), retryAfter: z.number().optional() })
    .meta({ id: 'ErrorEvent' }),
}

export type ApiEvent = {
  [Name in keyof typeof eventSchemas]: { event: Name; data: z.infer<(typeof eventSchemas)[Name]> }
}[keyof typeof eventSchemas]

export const stopAnswerSchema = z.object({
  stopped: z.boolean().meta({ description: 'False when nothing was being written.' }),
})
