import { z } from 'zod'

/** PostgreSQL's largest integer. */
const MAX_INT = 2_147_483_647

/** What can be a time in the database. */
const [EARLIEST, LATEST] = [Date.parse('0001-01-01'), Date.parse('9999-12-31')]

/** A file that is to be imported. */
export const newImportSchema = z.strictObject({
  fileName: z.string().trim().min(1).max(255),
  /** In bytes. */
  size: z.int().min(1).max(MAX_INT),
  /** When it was last changed, in milliseconds since 1970, as the browser knows it. */
  lastModified: z.int().min(EARLIEST).max(LATEST).optional().catch(undefined),
})

/** Which part of an import's report is wanted. */
export const importQuerySchema = z.object({
  after: z.coerce.number().int().min(0).max(MAX_INT).default(0),
  only: z.enum(['skipped']).optional(),
})
