import { z } from 'zod'
import { exportFormats } from './export-conversation.ts'

/** More than a list shows at a time, and well within a request. */
const MAX_EXPORTED = 10_000

/** Which conversations are to be exported, and as what. */
export const exportRequestSchema = z.strictObject({
  ids: z.array(z.uuid()).min(1).max(MAX_EXPORTED),
  format: z.enum(exportFormats),
})
