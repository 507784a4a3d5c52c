import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { afterEach, describe, expect, test } from 'vitest'
import { adapt, createProviderFetch, findAdaptation } from './adapt-request.ts'

const body = {
  model: 'm',
  temperature: 0.5,
  max_completion_tokens: 100,
  stream_options: { include_usage: true },
}

test.each([
  ["Unsupported parameter: 'max_completion_tokens'", 'rename_output_limit'],
  ['unknown field "stream_options"', 'drop_stream_options'],
  ['temperature is not supported with this model', 'drop_temperature'],
  ['messages: too short', null],
])('%s asks for %s', (refusal, adaptation) => {
  expect(findAdaptation(refusal, body)).toBe(adaptation)
})

test('what the request does not have cannot be taken from it', () => {
  expect(findAdaptation('temperature is not supported', { model: 'm' })).toBeNull()
})

test('the output limit is renamed, the others are left out', () => {
  expect(adapt(body, ['rename_output_limit', 'drop_temperature', 'drop_stream_options'])).toEqual({
    model: 'm',
    max_tokens: 100,
  })
  expect(body.temperature).toBe(0.5)
})

describe('a provider that refuses a parameter', () => {
  let server: Server | undefined
  afterEach(() => server?.closeAllConnections())

  /** A server that refuses what `refuses` names, one parameter at a time, and keeps what it got. */
  async function strictProvider(refuses: string[]) {
    const received: Record<string, unknown>[] = []
    server = createServer(async (request, response) => {
      const got = (await json(request)) as Record<string, unknown>
      received.push(got)
      const refused = refuses.find((name) => name in got)
      response.writeHead(refused ? 400 : 200).end(refused ? `unsupported: ${refused}` : 'ok')
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    return { received, url }
  }

  test('is sent the request once more without it, and never with it again', async () => {
    const { received, url } = await strictProvider(['stream_options'])
    const send = createProviderFetch(1_000)
    const ask = () => send(url, { method: 'POST', body: JSON.stringify(body) })

    expect((await ask()).status).toBe(200)
    expect((await ask()).status).toBe(200)
    expect(received).toHaveLength(3)
    expect(received.at(-1)).not.toHaveProperty('stream_options')
  })

  test('of several is sent the request without each, also when asked twice at once', async () => {
    const { received, url } = await strictProvider(['stream_options', 'temperature'])
    const send = createProviderFetch(1_000)
    const ask = () => send(url, { method: 'POST', body: JSON.stringify(body) })

    const answers = await Promise.all([ask(), ask()])
    expect(answers.map(({ status }) => status)).toEqual([200, 200])
    const before = received.length
    expect((await ask()).status).toBe(200)
    expect(received).toHaveLength(before + 1)
  })

  test('and goes on refusing is not believed the next time', async () => {
    const { received, url } = await strictProvider(['stream_options', 'model'])
    const send = createProviderFetch(1_000)
    for (let count = 0; count < 2; count++) {
      expect((await send(url, { method: 'POST', body: JSON.stringify(body) })).status).toBe(400)
    }
    expect(received[2]).toHaveProperty('stream_options')
  })

  test('for another reason gets its refusal through, readable', async () => {
    const { received, url } = await strictProvider(['model'])
    const response = await createProviderFetch(1_000)(url, { method: 'POST', body: JSON.stringify(body) })

    expect(response.status).toBe(400)
    expect(await response.text()).toBe('unsupported: model')
    expect(received).toHaveLength(1)
  })
})

test('a provider that does not answer at all is given up in time', async () => {
  const silent = createServer(() => undefined)
  silent.listen(0, '127.0.0.1')
  await once(silent, 'listening')
  const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`

  await expect(createProviderFetch(100)(url, { method: 'POST', body: '{}' })).rejects.toMatchObject({
    name: 'TimeoutError',
  })
  silent.closeAllConnections()
})
