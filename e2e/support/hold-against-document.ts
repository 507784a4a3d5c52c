import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { openApiDocument } from '#lib/api/openapi.ts'
import { operations } from '#lib/api/operations.ts'

const BASE = '/api/v1'

const ajv = new Ajv2020({ strict: false, allErrors: true })
// Its CommonJS types name the module, not the function that it is.
addFormats.default(ajv)
const document = JSON.parse(JSON.stringify(openApiDocument()))
ajv.addSchema(document, 'api')

/**
 * Fails for an answer of the REST API that its document does not have: another status, another kind of content, another
 * shape. Whatever else is called is let pass.
 *
 * @param text the answer's body; NULL: it is a stream, whose events `holdAgainst` takes one by one
 */
export function holdAgainstDocument(call: string, response: Response, text: string | null): void {
  const [method = '', path = ''] = call.split(' ')
  const pathname = path.split('?')[0] ?? ''
  if (!pathname.startsWith(`${BASE}/`) || pathname === `${BASE}/openapi.json`) return
  const operation = operations.find(
    (each) =>
      each.method === method.toLowerCase() &&
      new RegExp(`^${each.path.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(pathname.slice(BASE.length)),
  )
  const { status, headers } = response
  if (!operation) {
    if (status !== 404 || text === null) throw new Error(`${call} is not in the document`)
    holdAgainst('#/components/schemas/Problem', JSON.parse(text))
    return
  }
  const described = document.paths[operation.path][operation.method].responses[status]
  if (!described) throw new Error(`${call} answered ${status}, which is not in the document: ${text}`)
  const type = headers.get('content-type')?.split(';')[0]
  if (type === undefined) {
    if (text !== '') throw new Error(`${call} does not say what it answered`)
    if (described.content) throw new Error(`${call} answered nothing`)
    return
  }
  if (!described.content?.[type]) throw new Error(`${call} answered ${type}, which is not in the document`)
  if (text === null) return
  const place = [
    'paths',
    operation.path,
    operation.method,
    'responses',
    `${status}`,
    'content',
    type,
    'schema',
  ]
  holdAgainst(`#/${place.map(escapePointer).join('/')}`, JSON.parse(text))
}

/** Whether an answer is a stream of events, which may not end by itself. */
export function isEventStream({ headers }: Response): boolean {
  return headers.get('content-type')?.startsWith('text/event-stream') === true
}

/** Fails for a value that is not as a schema in the document says. */
export function holdAgainst(pointer: string, value: unknown): void {
  const check = ajv.getSchema(`api${pointer}`) ?? ajv.compile({ $ref: `api${pointer}` })
  if (check(value)) return
  throw new Error(`not as ${pointer} says: ${ajv.errorsText(check.errors)}`)
}

function escapePointer(part: string): string {
  return encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))
}
