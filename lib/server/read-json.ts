import type { z } from 'zod'
import { MAX_BODY_BYTES } from '#lib/chat/limits.ts'
import { AppError } from '#lib/errors.ts'
import { requireOwnOrigin } from './require-own-origin.ts'

/**
 * The JSON body of a request from this origin, checked. The size is watched while it is read, so that nothing larger
 * than 1 MB is ever held or parsed. Where the schema takes `undefined`, nothing needs to be sent.
 *
 * @throws AppError foreign_origin, unsupported_content_type, body_too_large, invalid_request naming the field
 */
export async function readJson<Schema extends z.ZodType>(
  request: Request,
  schema: Schema,
): Promise<z.output<Schema>> {
  requireOwnOrigin(request)
  if (sendsNothing(request.headers)) {
    const read = schema.safeParse(undefined)
    if (read.success) return read.data
  }
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase()
  if (type !== 'application/json') {
    throw new AppError('unsupported_content_type', 'Send the request as application/json.')
  }
  return parseWith(schema, parseJson(await readText(request, MAX_BODY_BYTES)))
}

function sendsNothing(headers: Headers): boolean {
  if (headers.has('content-type') || headers.has('transfer-encoding')) return false
  return Number(headers.get('content-length') ?? 0) === 0
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
  for await (const chunk of chunksOf(request)) {
    size += chunk.byteLength
    if (size > maxBytes) throw bodyTooLarge(maxBytes)
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}

/**
 * The body of a request from this origin as it is, read no further than the limit.
 *
 * @throws AppError foreign_origin, unsupported_content_type, body_too_large
 */
export async function readBytes(request: Request, maxBytes: number): Promise<Uint8Array> {
  requireOwnOrigin(request)
  if (request.headers.get('content-type') !== 'application/octet-stream') {
    throw new AppError('unsupported_content_type', 'Send the request as application/octet-stream.')
  }
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) throw bodyTooLarge(maxBytes)
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of chunksOf(request)) {
    size += chunk.byteLength
    if (size > maxBytes) throw bodyTooLarge(maxBytes)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** A client that hangs up while it sends is no failure of ours: the same codes come from a database that is away. */
async function* chunksOf({ body }: Request): AsyncGenerator<Uint8Array> {
  try {
    yield* body ?? []
  } catch (cause) {
    throw new AppError('invalid_request', 'The request broke off before its end. Send it again.', { cause })
  }
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
