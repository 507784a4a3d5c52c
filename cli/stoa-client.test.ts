import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { healthSchema } from '#lib/api/library.ts'
import { Session } from './session.ts'
import { StoaClient } from './stoa-client.ts'

const conversationId = '01900000-0000-7000-8000-000000000001'
const answer = {
  ...{ response: 'one two', conversationId, messageId: '01900000-0000-7000-8000-000000000002' },
  ...{ status: 'complete', persona: 'stoic', intensity: 'medium', model: 'openai:small', cost: null },
  ...{ usage: { inputTokens: 1, outputTokens: 2, totalTokens: 3 }, latencyMs: 4, sources: [] },
}

type Move = (request: IncomingMessage, response: ServerResponse) => void
interface Call {
  line: string
  key: string | undefined
  lastId: string | undefined
}

let close: () => void = () => undefined
afterEach(() => close())

/** A server that makes one move for each request, in this order, and the last one again and again. */
async function scripted(...moves: Move[]) {
  const calls: Call[] = []
  const server = createServer((request, response) => {
    const header = (name: string) => request.headers[name]?.toString()
    const { method, url } = request
    calls.push({ line: `${method} ${url}`, key: header('idempotency-key'), lastId: header('last-event-id') })
    moves[Math.min(calls.length, moves.length) - 1]?.(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  close = () => {
    server.closeAllConnections()
    server.close()
  }
  const { port } = server.address() as AddressInfo
  const signIn = { url: `http://127.0.0.1:${port}`, token: 'stoa_x' }
  const retries: string[] = []
  const onRetry = ({ message }: Error) => void retries.push(message)
  const client = new StoaClient(signIn, { pauseMs: 1, silenceMs: 200, onRetry })
  return { client, session: new Session(client), calls, retries }
}

const frame = (event: string, id: string, data: object) =>
  `event: ${event}\nid: ${id}\ndata: ${JSON.stringify(data)}\n\n`
const one = frame('token', 'g.4', { content: 'one ' })
const two = frame('token', 'g.7', { content: 'two' })
const done = frame('done', 'g.7', answer)

function begin(response: ServerResponse, text: string): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'x-conversation-id': conversationId })
  response.write(text)
}
const whole =
  (text: string): Move =>
  (_request, response) => {
    begin(response, text)
    response.end()
  }
const broken =
  (text: string): Move =>
  (_request, response) => {
    begin(response, text)
    setImmediate(() => response.destroy())
  }
const silent: Move = (_request, response) => begin(response, one)
const refusal =
  (status: number, code: string): Move =>
  (_request, response) => {
    const problem = { type: 'about:blank', title: 'x', status, code, detail: 'No.', retryAfter: 0 }
    response.writeHead(status, { 'content-type': 'application/problem+json' }).end(JSON.stringify(problem))
  }

async function tokens(session: Session): Promise<string> {
  let text = ''
  for await (const event of session.send('Hello', new AbortController().signal)) {
    if (event.event === 'token') text += event.data.content
  }
  return text
}

it.each([
  ['breaks', broken(one)],
  ['ends too early', whole(one)],
  ['falls silent', silent],
])('takes a stream that %s up where it was, without gap or repeat', async (_how, move) => {
  const { session, calls } = await scripted(move, whole(two + done))
  expect(await tokens(session)).toBe('one two')
  expect(calls).toMatchObject([
    { line: 'POST /api/v1/chat', lastId: undefined },
    { line: `GET /api/v1/conversations/${conversationId}/stream`, lastId: 'g.4' },
  ])
  expect(session.last).toEqual(answer)
})

it('asks again by the same key when nothing of the answer had come', async () => {
  const cut: Move = (request) => request.socket.destroy()
  const { session, calls, retries } = await scripted(
    ...[cut, refusal(503, 'shutting_down'), broken(one), whole(two + done)],
  )
  expect(await tokens(session)).toBe('one two')
  // Whoever reads already is not told in the middle of it.
  expect(retries).toEqual([expect.stringContaining('cannot be reached'), 'No.'])
  expect(new Set(calls.slice(0, 3).map(({ key }) => key)).size).toBe(1)
  expect(calls).toHaveLength(4)
})

it.each([
  ['too_many_turns', 429, 1, 'too_many'],
  ['invalid_token', 401, 1, 'signed_out'],
  ['unknown_persona', 400, 1, 'refused'],
  ['database_unavailable', 503, 4, 'unreachable'],
])('tries again only where it helps: %s', async (code, status, times, kind) => {
  const { session, calls } = await scripted(refusal(status, code))
  await expect(tokens(session)).rejects.toMatchObject({ kind, code, message: 'No.' })
  expect(calls).toHaveLength(times)
})

it('knows what is not Stoa, and follows nobody who sends it on', async () => {
  const page: Move = (_request, response) => void response.end('<h1>Welcome</h1>')
  const away: Move = (_request, response) =>
    void response.writeHead(308, { location: 'https://stoa.test/api/v1/chat' }).end()
  const garbled = frame('token', 'g.1', { nothing: 1 })
  const { client, session, calls } = await scripted(page, page, away, whole(garbled))
  const isNot = { kind: 'unreachable', message: expect.stringContaining('not Stoa’s') }
  await expect(client.json(healthSchema, 'GET', '/health')).rejects.toMatchObject(isNot)
  await expect(tokens(session)).rejects.toMatchObject(isNot)
  await expect(tokens(session)).rejects.toThrow('stoa login https://stoa.test')
  await expect(tokens(session)).rejects.toMatchObject(isNot)
  expect(calls).toHaveLength(4)
})

it('skips events that it does not know', async () => {
  const { session } = await scripted(whole(one + frame('mood', 'g.5', { calm: true }) + two + done))
  expect(await tokens(session)).toBe('one two')
})

it('stops an answer that was only just asked for, once it has begun', async () => {
  const asked = Promise.withResolvers<ServerResponse>()
  const { session, calls } = await scripted(
    (_request, response) => asked.resolve(response),
    (_request, response) => void response.end('{"stopped":true}'),
  )
  const reading = tokens(session)
  const begun = await asked.promise
  const stopping = session.stop()
  begin(begun, one)
  expect(await stopping).toBe(true)
  begun.end(done)
  expect(await reading).toBe('one ')
  expect(calls[1]?.line).toBe(`POST /api/v1/conversations/${conversationId}/stop`)
  expect(await new Session(session.client).stop()).toBe(false)
})
