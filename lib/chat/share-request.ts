import { z } from 'zod'
import { cleanText } from './clean-text.ts'
import { MAX_SHARER_LENGTH, shareDays } from './share.ts'

const days = shareDays.filter((count) => count !== null)

/** How a conversation is to be shared. */
export const newShareSchema = z.strictObject({
  /** Who shares it, as readers are told; an empty one is none. */
  sharedBy: z
    .string()
    .transform(cleanText)
    .pipe(z.string().trim().max(MAX_SHARER_LENGTH))
    .transform((name) => name.replaceAll(/\s+/g, ' ') || null),
  /** For how long its link works; NULL: until it is revoked. */
  days: z.literal(days, `wants one of ${days.join(', ')}, or null`).nullable(),
})

export type NewShare = z.infer<typeof newShareSchema>
