import type { z } from 'zod'
import { MAX_BODY_BYTES } from '#lib/chat/limits.ts'
import { AppError } from '#lib/errors.ts'
import { requireOwnOrigin } from './require-own-origin.ts'

/**
 * The JSON body of a request from this origin, checked. The size is watched while it is read, so that nothing larger
 * than 1 MB is ever held or parsed.
 *
 * @throws AppError foreign_origin, unsupported_content_type, body_too_large, invalid_request naming the field
 */
export async function readJson<Schema extends z.ZodType>(
  request: Request,
  schema: Schema,
): Promise<z.output<Schema>> {
  requireOwnOrigin(request)
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase()
  if (type !== 'application/json') {
    throw new AppError('unsupported_content_type', 'Send the request as application/json.')
  }
  return parseWith(schema, parseJson(await readText(request, MAX_BODY_BYTES)))
}

/**
 * The body of a request as text, read no further than the limit.
 *
 * @throws AppError body_too_large
 */
export async function readText(request: Request, maxBytes: number): Promise<string> {
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) throw bodyTooLarge(maxBytes)
  const decoder = new TextDecoder()
  let text = ''
  let size = 0
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength
    if (size > maxBytes) throw bodyTooLarge(maxBytes)
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}

function bodyTooLarge(maxBytes: number): AppError {
  return new AppError(
    'body_too_large',
    `The request is larger than ${maxBytes.toLocaleString('en')} bytes. Send less at once.`,
  )
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new AppError('invalid_request', 'The request is not valid JSON.', { cause })
  }
}

/**
 * Checks a value against a schema.
 *
 * @throws AppError invalid_request naming the first field at fault
 */
export function parseWith<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const issue = firstIssue(result.error.issues)
  const field = issue?.path.join('.')
  throw new AppError(
    'invalid_request',
    `${field || 'The request'}: ${issue?.message ?? 'not as expected'}.`,
    {
      ...(field && { field }),
    },
  )
}

/** Of a union the branch that got furthest says what is wrong. */
function firstIssue(issues: z.core.$ZodIssue[]): z.core.$ZodIssue | undefined {
  const [issue] = issues
  if (issue?.code !== 'invalid_union') return issue
  const branches = issue.errors.toSorted((a, b) => a.length - b.length)
  return branches[0] && branches[0].length > 0 ? firstIssue(branches[0]) : issue
}
