import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { json } from 'node:stream/consumers'
import { z } from 'zod'
import { ApiClient, readTurn } from '../support/api-client.ts'
import { PLANTED_KEY } from './support/fault-stack.ts'
import { expect, test } from './support/test.ts'

test.describe.configure({ mode: 'default' })

const WORD = 'zztracedword'

const spanSchema = z.object({
  traceId: z.string(),
  spanId: z.string(),
  parentSpanId: z.string().optional(),
  name: z.string(),
  startTimeUnixNano: z.coerce.bigint(),
  endTimeUnixNano: z.coerce.bigint(),
  attributes: z.array(z.object({ key: z.string(), value: z.record(z.string(), z.unknown()) })),
  status: z.object({ code: z.number().optional() }).optional(),
})
const requestSchema = z.object({
  resourceSpans: z.array(z.object({ scopeSpans: z.array(z.object({ spans: z.array(spanSchema) })) })),
})

/** An OpenTelemetry collector that keeps what it is sent. */
const bodies: unknown[] = []
let collector: Server

test.beforeAll(async () => {
  collector = createServer(async (request, response) => {
    if (request.url === '/v1/traces') bodies.push(await json(request))
    response.setHeader('content-type', 'application/json').end('{}')
  })
  collector.listen(0, '127.0.0.1')
  await once(collector, 'listening')
})
test.afterAll(() => collector.close())

function spans() {
  return bodies.flatMap((body) =>
    requestSchema
      .parse(body)
      .resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans)),
  )
}

function attribute(span: z.infer<typeof spanSchema>, key: string): unknown {
  return Object.values(span.attributes.find((each) => each.key === key)?.value ?? {})[0]
}

test('a turn and its calls are traced within their request, and nothing that was written', async ({
  stack,
  person,
}) => {
  const address = collector.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const server = await stack.addServer({
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${address.port}`,
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
    OPENAI_FALLBACK_MODEL: 'scripted-fallback',
  })
  const api = new ApiClient(server.origin, person.context)
  const { conversationId, response } = await api.send(`${WORD} [scenario:status code=404 times=1]`)
  await readTurn(response)
  await api.call('GET', `/api/conversations?q=${WORD}`)
  const messages = [{ role: 'user', content: WORD }]
  expect((await api.call('POST', '/v1/chat/completions', { json: { model: 'tutor', messages } })).ok).toBe(
    true,
  )
  // Its end waits until what is left is sent.
  await server.stop()

  const all = spans()
  const turn = all.find(({ name }) => name === 'stoa.turn')
  if (!turn) throw new Error(`no turn among ${all.map(({ name }) => name)}`)
  expect(attribute(turn, 'stoa.conversation_id')).toBe(conversationId)
  expect(attribute(turn, 'stoa.status')).toBe('complete')
  const calls = all.filter(({ parentSpanId }) => parentSpanId === turn.spanId)
  expect(calls.map((call) => [call.name, attribute(call, 'gen_ai.request.model')])).toEqual([
    ['stoa.provider_call', 'scripted-main'],
    ['stoa.provider_call', 'scripted-fallback'],
  ])
  const [failed, answered] = calls
  expect(failed && [attribute(failed, 'error.type'), failed.status?.code]).toEqual(['model_not_found', 2])
  expect(answered && Number(attribute(answered, 'gen_ai.usage.output_tokens'))).toBeGreaterThan(0)
  for (const call of calls) {
    expect(
      call.startTimeUnixNano >= turn.startTimeUnixNano && call.endTimeUnixNano <= turn.endTimeUnixNano,
    ).toBe(true)
  }
  // Of an answer that is kept nowhere, too.
  const unkept = all.filter(({ name }) => name === 'stoa.turn').find((each) => each !== turn)
  if (!unkept) throw new Error('no turn of the other door')
  expect([attribute(unkept, 'stoa.persona'), attribute(unkept, 'stoa.conversation_id')]).toEqual([
    'tutor',
    undefined,
  ])
  expect(all.filter(({ parentSpanId }) => parentSpanId === unkept.spanId)).toHaveLength(1)
  const request = all.find(
    ({ traceId, parentSpanId }) => traceId === turn.traceId && parentSpanId === undefined,
  )
  expect(request?.name).toContain('/api/chat')

  const sent = JSON.stringify(bodies)
  for (const secret of [WORD, PLANTED_KEY, person.email]) expect(sent.includes(secret), secret).toBe(false)
})
