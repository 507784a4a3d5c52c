import fc from 'fast-check'
import { z } from 'zod'
import type { Answer } from '#lib/api/chat.ts'
import { type Operation, operations } from '#lib/api/operations.ts'
import { RestClient } from '../support/rest-client.ts'
import { expect, test } from '../support/test.ts'

/** Calls of each operation. */
const CALLS = 25

interface FuzzedCall {
  ids: string[]
  query: Record<string, string | undefined>
  body: string | undefined
}

/** Values that have broken servers before. */
const awkward = fc.constantFrom<unknown>(
  ...[null, '', ' ', '\u0000', '\ud800', 'null', '../..', "';--", '%00', '💥'.repeat(50), 'x'.repeat(40_000)],
  ...[0, -1, 1e308, 2_147_483_648, true, [], {}, [[]], { __proto__: null }],
)
const value = fc.oneof(awkward, fc.jsonValue(), fc.string({ unit: 'binary' }))

function bodyOf(schema: z.ZodType | undefined): fc.Arbitrary<string | undefined> {
  if (!schema) return fc.constant(undefined)
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
  const keys = Object.keys(json.properties ?? {})
  const shaped = fc.record(Object.fromEntries(keys.map((key) => [key, value])), { requiredKeys: [] })
  return fc.oneof(
    { weight: 6, arbitrary: shaped.map((each) => JSON.stringify(each)) },
    { weight: 1, arbitrary: value.map((each) => JSON.stringify(each)) },
    { weight: 1, arbitrary: fc.string() },
  )
}

function callOf({ path, query, body }: Operation, known: string[]): fc.Arbitrary<FuzzedCall> {
  const id = fc.oneof(
    fc.constantFrom(...known),
    fc.uuid(),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }),
  )
  const count = [...path.matchAll(/\{/g)].length
  const names = Object.keys(query?.shape ?? {})
  const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.integer().map(String))
  return fc.record({
    ids: fc.array(id, { minLength: count, maxLength: count }),
    query: fc.record(Object.fromEntries([...names, 'unknown'].map((name) => [name, text])), {
      requiredKeys: [],
    }),
    body: bodyOf(body),
  })
}

/** Not a message that is answered: the limit of turns would hide what comes behind it. */
const chatOnce = (operation: Operation) => (operation.streams === 'on request' ? 15 : CALLS)

test('whatever an operation is sent, it answers as the document says, and never 500', async ({ person }) => {
  const rest = new RestClient(person.api)
  const { conversationId, messageId } = await rest.json<Answer>('POST', '/chat', {
    json: { message: 'Mine' },
  })
  for (const operation of operations) {
    const calls = fc.sample(callOf(operation, [conversationId, messageId]), {
      numRuns: chatOnce(operation),
      seed: 7,
    })
    await Promise.all(
      calls.map(async ({ ids, query, body }) => {
        let path = operation.path
        for (const id of ids) path = path.replace(/\{\w+\}/, encodeURIComponent(id.toWellFormed()) || '-')
        const entries = Object.entries(query).map(([name, each]) => [name, each?.toWellFormed() ?? ''])
        const search = new URLSearchParams(Object.fromEntries(entries))
        const options = body === undefined ? {} : { body: body.toWellFormed() }
        const response = await rest.call(operation.method.toUpperCase(), `${path}?${search}`, options)
        const told = `${operation.method} ${path}?${search} ${body?.slice(0, 200)}`
        expect(response.status, told).toBeLessThan(500)
        await response.body?.cancel()
      }),
    )
  }
})
