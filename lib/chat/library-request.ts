import { z } from 'zod'
import { MAX_BULK } from './limits.ts'

const ids = z
  .array(z.uuid())
  .min(1)
  .max(MAX_BULK)
  .transform((given) => [...new Set(given)])

/** The same done with several conversations: with all of them, or when one of them cannot be found with none. */
export const bulkRequestSchema = z.discriminatedUnion('action', [
  z.strictObject({
    ids,
    /** `erase`: what is in the trash is gone for good. */
    action: z.enum(['pin', 'unpin', 'archive', 'unarchive', 'delete', 'restore', 'erase']),
  }),
  z.strictObject({ ids, action: z.literal('move'), folderId: z.uuid().nullable() }),
])

export type BulkRequest = z.infer<typeof bulkRequestSchema>

/** In the query of an address. */
export const queryFlag = z.enum(['true', 'false']).transform((value) => value === 'true')

/** A folder's id, or `none` for those that are in none, in the query of an address. */
export const queryFolder = z.union([z.literal('none').transform(() => null), z.uuid()])

/** Which conversations a page lists. */
export const listQuerySchema = z.strictObject({
  before: z.string().optional(),
  archived: queryFlag.default(false),
  pinned: queryFlag.optional(),
  folder: queryFolder.optional(),
})

/** A page of the trash. */
export const trashQuerySchema = z.strictObject({ before: z.string().optional() })
