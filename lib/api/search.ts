import { z } from 'zod'
import type { SearchFilters } from '#lib/chat/search.ts'
import { id, time } from './fields.ts'

const yesOrNo = z.enum(['true', 'false'])

const DAY_MS = 86_400_000

/** What a date can be in the database, and a day later still. */
const [EARLIEST, LATEST] = [Date.parse('0001-01-01'), Date.parse('9999-12-30')]

/** A moment, or a day of UTC. */
const moment = z
  .union([z.iso.datetime({ offset: true }), z.iso.date()])
  .refine(
    (text) => Date.parse(text) >= EARLIEST && Date.parse(text) <= LATEST,
    'not between the years 1 and 9999',
  )

export const searchQuerySchema = z.strictObject({
  q: z.string().max(1_000).default('').meta({
    description:
      'Words or how they begin, in any order; all have to be found. Empty: whatever passes the filters.',
  }),
  persona: z.string().min(1).max(64).optional(),
  from: moment.optional().meta({ description: 'Passages from this moment or day (UTC) on.' }),
  to: moment
    .optional()
    .meta({ description: 'Passages before this moment, or up to the end of this day (UTC).' }),
  pinned: yesOrNo.optional().meta({ description: 'Only those that are, or are not; missing: both.' }),
  archived: yesOrNo.optional().meta({ description: 'Only those that are, or are not; missing: both.' }),
  cursor: z.string().optional().meta({ description: 'The `nextCursor` of the page before.' }),
})

/** What a query narrows a search to. */
export function searchFilters(query: z.output<typeof searchQuerySchema>): SearchFilters {
  const { persona, from, to, pinned, archived } = query
  return {
    persona,
    from: from === undefined ? undefined : new Date(from),
    to: to === undefined ? undefined : new Date(Date.parse(to) + (to.includes('T') ? 0 : DAY_MS)),
    pinned: pinned === undefined ? undefined : pinned === 'true',
    archived: archived === undefined ? undefined : archived === 'true',
  }
}

const markedText = z
  .array(z.object({ text: z.string(), isMatch: z.boolean() }))
  .meta({ id: 'MarkedText', description: 'Joined it is the text; what was looked for is marked.' })

export const searchPageSchema = z
  .object({
    results: z.array(
      z.object({
        conversationId: id,
        title: markedText,
        persona: z.string(),
        pinned: z.boolean(),
        archived: z.boolean(),
        lastActivityAt: time,
        passages: z
          .array(
            z.object({
              kind: z.enum(['message', 'summary']),
              messageId: id.nullable().meta({ description: 'NULL for a summary.' }),
              role: z.enum(['user', 'assistant']).nullable(),
              writer: z
                .object({ persona: z.string(), provider: z.string() })
                .nullable()
                .meta({ description: 'Of an answer: its persona, and whose model wrote it; else NULL.' }),
              text: markedText,
              at: time,
            }),
          )
          .meta({ description: 'Up to three, the best first.' }),
      }),
    ),
    nextCursor: z.string().nullable().meta({ description: 'For `cursor`; NULL at the end.' }),
  })
  .meta({ id: 'SearchPage' })
