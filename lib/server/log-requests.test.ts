import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { setImmediate as later } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { log, noteRequest, requests } from '#lib/log.ts'
import { logRequests } from './log-requests.ts'

const lines: Record<string, unknown>[] = []
let handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>
const server = createServer((request, response) => void handle(request, response))
let origin: string

beforeEach(async () => {
  logRequests()
  lines.length = 0
  for (const level of ['info', 'warn', 'debug'] as const) {
    vi.spyOn(log(), level).mockImplementation((fields) => void lines.push({ level, ...Object(fields) }))
  }
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  origin = typeof address === 'object' ? `http://127.0.0.1:${address?.port}` : ''
})
afterEach(async () => {
  vi.restoreAllMocks()
  server.closeAllConnections()
  server.close()
  await once(server, 'close')
})

test('each request has an id of its own, on one connection and side by side', async () => {
  handle = async (request, response) => {
    const conversationId = request.url?.slice(1) ?? ''
    for (let turn = 0; turn < 3; turn += 1) await later()
    noteRequest({ conversationId })
    response.end(requests().getStore()?.requestId)
  }
  const numbers = Array.from({ length: 40 }, (_, number) => String(number))
  const answers = await Promise.all(
    numbers.map(async (number) => {
      const response = await fetch(`${origin}/${number}`)
      expect(await response.text()).toBe(response.headers.get('x-request-id'))
      return [number, response.headers.get('x-request-id')]
    }),
  )
  await expect.poll(() => lines.length).toBe(40)
  expect(new Set(answers.map(([, id]) => id)).size).toBe(40)
  const logged = Object.fromEntries(lines.map(({ conversationId, requestId }) => [conversationId, requestId]))
  expect(logged).toEqual(Object.fromEntries(answers))
})

test('an id that came is taken when it is one', async () => {
  handle = async (_, response) => void response.end()
  const sent = ['from-the-proxy.1', 'short', 'x'.repeat(65), 'with spaces', 'inject"}']
  for (const id of sent) await fetch(origin, { headers: { 'x-request-id': id } })
  await expect.poll(() => lines.length).toBe(sent.length)
  const [taken, ...others] = lines.map(({ requestId }) => requestId)
  expect(taken).toBe(sent[0])
  for (const other of others) expect(other).toMatch(/^[\da-f-]{36}$/)
})

test('what is logged has status, time, path without what was asked, and who left early', async () => {
  handle = async (request, response) => {
    if (request.url?.startsWith('/stream')) {
      response.write('begun')
      return
    }
    response.statusCode = request.url === '/fails' ? 503 : 200
    response.end()
  }
  await fetch(`${origin}/api/chat?q=courage`, { method: 'POST' })
  await fetch(`${origin}/fails`)
  await fetch(`${origin}/metrics`)
  const leaving = new AbortController()
  await fetch(`${origin}/stream`, { signal: leaving.signal })
  leaving.abort()
  await expect.poll(() => lines.length).toBe(4)
  expect(lines).toMatchObject([
    { level: 'info', method: 'POST', path: '/api/chat', status: 200, latencyMs: expect.any(Number) },
    { level: 'warn', path: '/fails', status: 503 },
    { level: 'debug', path: '/metrics' },
    { level: 'info', path: '/stream', status: 200, left: true },
  ])
  expect(lines[0]).not.toHaveProperty('left')
})
