import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { chatRequestSchema } from '#lib/chat/chat-request.ts'
import { MAX_BODY_BYTES } from '#lib/chat/limits.ts'
import { parseWith, readBytes, readJson } from './read-json.ts'

const schema = z.strictObject({ text: z.string() })

function post(body: BodyInit, headers: Record<string, string> = {}): Request {
  return new Request('http://stoa.example/api/chat', {
    method: 'POST',
    body,
    headers: { host: 'stoa.example', 'content-type': 'application/json', ...headers },
    duplex: 'half',
  } as RequestInit)
}

test('what fits the schema is given back', async () => {
  expect(await readJson(post('{"text":"héllo"}'), schema)).toEqual({ text: 'héllo' })
  const type = 'application/json; charset=utf-8'
  expect(await readJson(post('{"text":""}', { 'content-type': type }), schema)).toEqual({ text: '' })
})

test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', ''])(
  'a body of another type is refused: "%s"',
  async (type) => {
    await expect(readJson(post('{"text":"x"}', { 'content-type': type }), schema)).rejects.toMatchObject({
      code: 'unsupported_content_type',
      status: 415,
    })
  },
)

test('a body that is announced too large is not read', async () => {
  const request = post('{}', { 'content-length': String(MAX_BODY_BYTES + 1) })
  await expect(readJson(request, schema)).rejects.toMatchObject({ code: 'body_too_large', status: 413 })
  expect(request.bodyUsed).toBe(false)
})

test('a body that turns out too large is read no further than the limit', async () => {
  let sent = 0
  const endless = new ReadableStream({
    pull(controller) {
      sent += 100_000
      controller.enqueue(new Uint8Array(100_000))
    },
  })
  await expect(readJson(post(endless), schema)).rejects.toMatchObject({ code: 'body_too_large' })
  expect(sent).toBeLessThan(2 * MAX_BODY_BYTES)
})

test('nothing needs to be sent where the schema takes nothing, from this origin', async () => {
  const request = (headers: Record<string, string>) =>
    new Request('http://stoa.example/api/v1/x', {
      method: 'POST',
      headers: { host: 'stoa.example', ...headers },
    })
  const lenient = schema.partial().default({})
  expect(await readJson(request({}), lenient)).toEqual({})
  expect(await readJson(request({ 'content-length': '0' }), lenient)).toEqual({})
  await expect(readJson(request({}), schema)).rejects.toMatchObject({ code: 'unsupported_content_type' })
  await expect(readJson(request({ origin: 'https://foreign.invalid' }), lenient)).rejects.toMatchObject({
    code: 'foreign_origin',
  })
  await expect(readJson(post('{"text":5}'), lenient)).rejects.toMatchObject({ field: 'text' })
})

test.each(['', '{', '{"text":', 'null,'])('what is no JSON is refused: "%s"', async (body) => {
  await expect(readJson(post(body), schema)).rejects.toMatchObject({ code: 'invalid_request', status: 400 })
})

test('a character that is split between two reads stays whole', async () => {
  const bytes = new TextEncoder().encode('{"text":"🙂"}')
  const split = new ReadableStream({
    start(controller) {
      controller.enqueue(bytes.slice(0, 11))
      controller.enqueue(bytes.slice(11))
      controller.close()
    },
  })
  expect(await readJson(post(split), schema)).toEqual({ text: '🙂' })
})

describe('a request to /api/chat names the field at fault', () => {
  const id = '019a0000-0000-7000-8000-000000000000'
  const good = { conversationId: id, parentId: null, message: { id, text: 'Hello' } }

  test.each([
    [{ ...good, conversationId: 'x' }, 'conversationId'],
    [{ ...good, parentId: 'x' }, 'parentId'],
    [{ ...good, message: { id: 1, text: 'Hello' } }, 'message.id'],
    [{ ...good, message: { id, text: 5 } }, 'message.text'],
    [{ ...good, intensity: 'extreme' }, 'intensity'],
    [{ ...good, persona: 7 }, 'persona'],
    [{ conversationId: id, parentId: id, answerId: 'x' }, 'answerId'],
  ])('%j', (body, field) => {
    expect(() => parseWith(chatRequestSchema, body)).toThrowError(expect.objectContaining({ field }))
  })

  test.each([null, [], 'text', {}])('%j', (body) => {
    expect(() => parseWith(chatRequestSchema, body)).toThrowError(
      expect.objectContaining({ code: 'invalid_request' }),
    )
  })
})

test('a client that hangs up while it sends is told from a database that is away', async () => {
  const hungUp = () =>
    new ReadableStream({
      start(controller) {
        controller.enqueue(Buffer.from('{"te'))
        controller.error(Object.assign(new Error('aborted'), { code: 'ECONNRESET' }))
      },
    })
  await expect(readJson(post(hungUp()), schema)).rejects.toMatchObject({ code: 'invalid_request' })
  const type = { 'content-type': 'application/octet-stream' }
  await expect(readBytes(post(hungUp(), type), 10)).rejects.toMatchObject({ code: 'invalid_request' })
})
