import fc from 'fast-check'
import { z } from 'zod'
import { type Operation, pathParameters } from '#lib/api/operations.ts'

/** A call of an operation as it goes out. */
export interface FuzzedCall {
  path: string
  headers: Record<string, string>
  body: string | undefined
}

/** Values that have broken servers before. */
const awkward = fc.constantFrom<unknown>(
  ...[null, '', ' ', '\u0000', '\ud800', 'null', '../..', "';--", '%00', '💥'.repeat(50), 'x'.repeat(40_000)],
  ...[0, -1, 0.5, 1e308, 2_147_483_648, Number.MAX_SAFE_INTEGER, true, [], {}, [[]], { __proto__: null }],
  '+275760-09-13T00:00:00.000Z',
)
const anything = fc.oneof(awkward, fc.jsonValue(), fc.string({ unit: 'binary' }))

type JsonSchema = z.core.JSONSchema.BaseSchema

/** What there is, by the name of the field that it is sent in. */
export type Known = Record<string, string[]>

/** Calls of an operation that are nearly right: most parts are as the document says, and some are not. */
export function fuzzedCall({ path, query, body }: Operation, known: Known): fc.Arbitrary<FuzzedCall> {
  const part =
    (wrong: fc.Arbitrary<unknown>, weight: number): PartOf =>
    (name, schema) =>
      fc.oneof({ weight, arbitrary: valid(schema, known[name]) }, { weight: 1, arbitrary: wrong })
  const eventId = fc.tuple(fc.constantFrom(...(known.generationId ?? [''])), fc.nat())
  const header = fc.oneof(
    eventId.map((each) => each.join('.')),
    fc.string({ maxLength: 300 }),
  )
  const headers = fc.record(
    { 'idempotency-key': header, 'last-event-id': header, 'if-none-match': header },
    { requiredKeys: [] },
  )
  const wrongQuery = fc.string({ unit: 'binary', maxLength: 60 })
  return fc
    .record({
      params: fields(pathParameters(path), part(noId, 6), { areAllThere: true }),
      search: fields(query, part(wrongQuery, 10)),
      headers,
      content: bodyOf(body, part(anything, 12)),
    })
    .map(({ params, search, content, ...call }) => ({
      path: `${fillIn(path, params)}?${new URLSearchParams(asText(search))}`,
      headers: call.headers,
      body: content,
    }))
}

const noId = fc.string({ unit: 'binary', minLength: 1, maxLength: 40 })

type PartOf = (name: string, schema: JsonSchema) => fc.Arbitrary<unknown>

function bodyOf(schema: z.ZodType | undefined, part: PartOf): fc.Arbitrary<string | undefined> {
  if (!schema) return fc.constant(undefined)
  return fc.oneof(
    { weight: 12, arbitrary: fields(schema, part).map((each) => JSON.stringify(each)) },
    { weight: 1, arbitrary: anything.map((each) => JSON.stringify(each)) },
    { weight: 1, arbitrary: fc.string() },
  )
}

/** An object of a schema's fields, with those that it requires. */
function fields(
  schema: z.ZodType | undefined,
  part: PartOf,
  { areAllThere = false } = {},
): fc.Arbitrary<Record<string, unknown>> {
  if (!schema) return fc.constant({})
  const root = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
  const object = resolve(root, root)
  const named = Object.entries(object.properties ?? {})
  if (named.length === 0) throw new Error('a schema without fields: nothing would be fuzzed')
  const model = Object.fromEntries(named.map(([name, field]) => [name, part(name, inlined(field, root))]))
  return fc.record(model, { requiredKeys: areAllThere ? Object.keys(model) : (object.required ?? []) })
}

function resolve(schema: JsonSchema, root: JsonSchema): JsonSchema {
  if (schema.$ref === undefined) return schema
  const found = root.$defs?.[schema.$ref.replace('#/$defs/', '')]
  if (found === undefined) throw new Error(`${schema.$ref} is not there`)
  return found
}

function inlined(field: z.core.JSONSchema._JSONSchema, root: JsonSchema): JsonSchema {
  if (typeof field === 'boolean') return {}
  const schema = resolve(field, root)
  return schema.anyOf ? { ...schema, anyOf: schema.anyOf.map((each) => inlined(each, root)) } : schema
}

/** What a field may be, by its schema, and often what there is. */
function valid(schema: JsonSchema, known: string[] | undefined): fc.Arbitrary<unknown> {
  if (known) return fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...known) }, valid(schema, undefined))
  if (schema.anyOf)
    return fc.oneof(...schema.anyOf.map((each) => valid(typeof each === 'boolean' ? {} : each, known)))
  if (schema.enum) return fc.constantFrom(...schema.enum)
  if (schema.type === 'boolean') return fc.boolean()
  if (schema.type === 'null') return fc.constant(null)
  if (schema.type === 'integer') {
    const largest = schema.maximum ?? Number.MAX_SAFE_INTEGER
    return fc.oneof(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: largest }))
  }
  if (schema.format === 'uuid') return fc.uuid()
  if (schema.format === 'date-time') return fc.date({ noInvalidDate: true }).map((date) => date.toISOString())
  if (schema.type === 'string') return fc.string({ maxLength: 60 })
  throw new Error(`nothing is known of ${JSON.stringify(schema)}`)
}

function fillIn(path: string, params: Record<string, unknown>): string {
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const id = encodeURIComponent(String(params[name]).toWellFormed())
    // A path with dots is another path.
    return /^\.*$/.test(id) ? '-' : id
  })
}

function asText(values: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, each]) => [name, String(each).toWellFormed()]))
}
