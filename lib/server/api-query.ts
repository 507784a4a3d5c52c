import type { z } from 'zod'
import { parseWith } from './read-json.ts'

/**
 * The query of a request, checked.
 *
 * @throws AppError invalid_request naming the field
 */
export function apiQuery<Schema extends z.ZodType>(request: Request, schema: Schema): z.output<Schema> {
  return parseWith(schema, Object.fromEntries(new URL(request.url).searchParams))
}
