import { z } from 'zod'
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi'
import { type ErrorCode, errorStatus } from '#lib/errors.ts'
import { eventSchemas } from './chat.ts'
import { type Operation, operations, pathParameters } from './operations.ts'
import { problemSchema } from './problem.ts'

/** What any operation can fail with. */
const commonFailures = ['unexpected'] satisfies ErrorCode[]
/** The same of those that ask who calls: whatever else is open reads nothing. */
const signedInFailures = ['signed_out', 'invalid_token', 'database_unavailable'] satisfies ErrorCode[]
const writeFailures = ['insufficient_scope', 'foreign_origin'] satisfies ErrorCode[]
const inputFailures = ['invalid_request'] satisfies ErrorCode[]
const bodyFailures = ['invalid_request', 'body_too_large', 'unsupported_content_type'] satisfies ErrorCode[]
/** With what a failed answer is answered (lib/server/failed-answer.ts). */
const ANSWER_FAILURES = [413, 422, 429, 500, 502, 504]

const eventStream = {
  'text/event-stream': {
    schema: z.string().meta({
      description:
        'Events `token` (TokenEvent), `title` (TitleEvent), then `done` (Answer) or `error` (ErrorEvent). Each id can be sent back as `Last-Event-ID` to `GET /conversations/{conversationId}/stream`. Closing the connection does not stop the answer.',
    }),
  },
}

let made: ReturnType<typeof makeDocument> | undefined

/** The OpenAPI 3.1 document of the REST API, made once of the schemas that check it. */
export function openApiDocument(): ReturnType<typeof makeDocument> {
  made ??= makeDocument()
  return made
}

function makeDocument() {
  const paths: ZodOpenApiPathsObject = {}
  for (const operation of operations) {
    const known = paths[operation.path] ?? {}
    paths[operation.path] = { ...known, [operation.method]: operationObject(operation) }
  }
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Stoa',
      version: '1',
      description:
        'Conversations with composed personas. A program signs in with a token from the [settings](/settings); `read` reads, `write` does all. The browser’s session works, too, from this origin: whoever is [signed in](/) can try every call here. What is tried is done.',
    },
    servers: [{ url: '/api/v1' }],
    security: [{ token: [] }],
    paths,
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: '`stoa_…`, from the settings' },
      },
      schemas: { ...eventSchemas, problem: problemSchema },
    },
  })
}

function operationObject(operation: Operation): ZodOpenApiOperationObject {
  const { summary, tag, scope, query, body, success, streams, isIdempotent } = operation
  const path = pathParameters(operation.path)
  const hasTag = operation.method === 'get' && success.schema && scope !== null
  const header = z.object({
    ...(isIdempotent && {
      'Idempotency-Key': z.string().min(1).max(255).optional().meta({
        description: 'The same request again with the same key is the same turn: it is answered once.',
      }),
    }),
    ...(streams === 'always' && { 'Last-Event-ID': z.string().optional() }),
  })
  return {
    summary,
    tags: [tag],
    ...access(scope),
    requestParams: { header, ...(path && { path }), ...(query && { query }) },
    ...(body && {
      requestBody: {
        required: !body.safeParse(undefined).success,
        content: { 'application/json': { schema: body } },
      },
    }),
    responses: {
      [String(success.status)]: {
        description: success.schema ? 'As asked.' : 'Nothing to tell.',
        ...((success.schema || streams === 'on request') && {
          content: {
            ...(success.schema && { 'application/json': { schema: success.schema } }),
            ...(streams === 'on request' && eventStream),
          },
        }),
      },
      ...(streams === 'always' && { '200': { description: 'As it is written.', content: eventStream } }),
      ...(hasTag && { '304': { description: 'As it was known.' } }),
      ...problems(operation),
    },
  }
}

function access(scope: Operation['scope']) {
  if (scope === null) return { security: [] }
  if (scope === 'session')
    return { security: [], description: 'Only the browser that a person is signed in with may.' }
  return { description: `Needs a token with the scope \`${scope}\`.` }
}

function problems(operation: Operation) {
  const { scope, query, body, streams, path, failures = [] } = operation
  const codes: ErrorCode[] = [
    ...commonFailures,
    ...(scope === null ? [] : signedInFailures),
    ...(scope === 'write' || scope === 'session' ? writeFailures : []),
    ...(query ? inputFailures : []),
    ...(body ? bodyFailures : []),
    ...failures,
  ]
  const byStatus = Map.groupBy(codes, (code): number => errorStatus[code])
  const isTurn = streams === 'on request'
  const statuses = new Set([...byStatus.keys(), ...(isTurn ? ANSWER_FAILURES : [])])
  return Object.fromEntries(
    [...statuses].map((status) => [
      String(status),
      {
        description: [
          ...new Set(byStatus.get(status)),
          ...(isTurn && ANSWER_FAILURES.includes(status) ? [`what failed an answer of ${path}`] : []),
        ].join(', '),
        content: { 'application/problem+json': { schema: problemSchema } },
      },
    ]),
  )
}
