import { z } from 'zod'
import { errorStatus } from '#lib/errors.ts'

const codes = Object.keys(errorStatus)

/** How every failure is answered: RFC 9457, with a stable code. */
export const problemSchema = z
  .object({
    type: z.literal('about:blank'),
    title: z.string().meta({ description: 'What the status means.' }),
    status: z.int(),
    detail: z.string().meta({ description: 'What is wrong and what to do, in a sentence or two.' }),
    code: z.string().meta({
      description: 'Stable, for programs. Of a failed answer it is the reason why it failed.',
      examples: codes,
    }),
    field: z.string().optional().meta({ description: 'The part of the request that is at fault.' }),
    retryAfter: z.number().optional().meta({ description: 'After how many seconds trying again can help.' }),
    errorId: z.string().optional().meta({ description: 'The line of the server’s log that has the cause.' }),
    conversationId: z
      .uuid()
      .optional()
      .meta({ description: 'Of a failed answer: where the message is kept.' }),
    messageId: z
      .uuid()
      .optional()
      .meta({ description: 'Of a failed answer: the answer, with what was written of it.' }),
  })
  .meta({
    id: 'Problem',
    example: {
      ...{ type: 'about:blank', title: 'Not Found', status: 404, code: 'not_found' },
      detail: 'This conversation does not exist, or it is not yours.',
    },
  })

export type Problem = z.infer<typeof problemSchema>
