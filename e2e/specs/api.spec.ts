import { v7 as uuid } from 'uuid'
import { MAX_BODY_BYTES, MAX_MESSAGE_LENGTH } from '#lib/chat/limits.ts'
import { numberedAnswer, plainAnswer } from '../provider/answers.ts'
import { ApiClient, errorOf, readTurn, textOf, turnEvents } from '../support/api-client.ts'
import { send, uniqueWord } from '../support/conversation-page.ts'
import { TURNS_PER_MINUTE } from '../support/start-stack.ts'
import { expect, test } from '../support/test.ts'

/** A body that is right in every part; each test spoils one. */
function validBody(text = 'Hello') {
  return { conversationId: uuid(), parentId: null, message: { id: uuid(), text } }
}

test.describe('POST /api/chat refuses', () => {
  test('who is not signed in, everywhere', async ({ origin }) => {
    const api = new ApiClient(origin)
    const id = uuid()
    const responses = await Promise.all([
      api.call('POST', '/api/chat', { json: validBody() }),
      api.call('GET', `/api/chat/${id}/stream`),
      api.call('POST', `/api/chat/${id}/stop`, { json: {} }),
      api.call('GET', '/api/conversations'),
      api.call('GET', `/api/conversations/${id}`),
      api.call('PATCH', `/api/conversations/${id}`, { json: { title: 'Mine' } }),
      api.call('DELETE', `/api/conversations/${id}`),
      api.call('GET', '/api/events'),
    ])
    for (const response of responses) {
      expect(response.status, response.url).toBe(401)
      expect((await errorOf(response)).code, response.url).toBe('signed_out')
    }
  })

  test('a foreign Origin', async ({ account, provider }) => {
    const word = uniqueWord()
    for (const origin of ['https://foreign.invalid', 'null', 'http://127.0.0.1:1']) {
      const response = await account.api.call('POST', '/api/chat', {
        json: validBody(word),
        headers: { origin },
      })
      expect(response.status, origin).toBe(403)
      expect((await errorOf(response)).code).toBe('foreign_origin')
    }
    expect(await provider.requests({ contains: word })).toEqual([])
  })

  test('a foreign Origin for every change', async ({ account }) => {
    const { conversationId } = await account.api.createConversation('Mine')
    const headers = { origin: 'https://foreign.invalid' }
    const path = `/api/conversations/${conversationId}`
    const responses = await Promise.all([
      account.api.call('PATCH', path, { json: { title: 'Theirs' }, headers }),
      account.api.call('DELETE', path, { headers }),
      account.api.call('POST', `/api/chat/${conversationId}/stop`, { json: {}, headers }),
    ])
    expect(responses.map(({ status }) => status)).toEqual([403, 403, 403])
    expect((await account.api.conversation(conversationId)).conversation.title).not.toBe('Theirs')
  })

  test('a content type other than JSON', async ({ account }) => {
    for (const contentType of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data']) {
      const response = await account.api.call('POST', '/api/chat', {
        json: validBody(),
        headers: { 'content-type': contentType },
      })
      expect(response.status, contentType).toBe(415)
      expect((await errorOf(response)).code).toBe('unsupported_content_type')
    }
  })

  test('a body over the limit, before it is parsed', async ({ account }) => {
    const tooLarge = 'x'.repeat(MAX_BODY_BYTES + 1)
    const response = await account.api.call('POST', '/api/chat', { body: tooLarge })
    expect(response.status).toBe(413)
    expect((await errorOf(response)).code).toBe('body_too_large')
  })

  test('a body over the limit that does not say its length', async ({ account }) => {
    const piece = new TextEncoder().encode('x'.repeat(100_000))
    let sent = 0
    const body = new ReadableStream({
      pull(controller) {
        controller.enqueue(piece)
        sent += piece.length
        if (sent > MAX_BODY_BYTES) controller.close()
      },
    })
    const response = await account.api.call('POST', '/api/chat', { body })
    expect(response.status).toBe(413)
    expect((await errorOf(response)).code).toBe('body_too_large')
  })

  test('what is not JSON', async ({ account }) => {
    const response = await account.api.call('POST', '/api/chat', { body: '{"conversationId":' })
    expect(response.status).toBe(400)
    expect((await errorOf(response)).code).toBe('invalid_request')
  })

  test('a message one character too long, and takes the longest', async ({ account }) => {
    const word = uniqueWord()
    const longest = word + 'x'.repeat(MAX_MESSAGE_LENGTH - word.length)
    const refused = await account.api.send(`${longest}x`)
    expect(refused.response.status).toBe(413)
    const error = await errorOf(refused.response)
    expect(error.code).toBe('message_too_long')
    expect(error.message).toMatch(/32[,.  ]?000/)

    const { conversationId } = await account.api.createConversation(`  ${longest}\n`)
    expect((await account.api.conversation(conversationId)).messages[0]?.text).toBe(longest)
  })

  test('an empty message', async ({ account }) => {
    for (const text of ['', ' \n\t ', '\u0000']) {
      const { response } = await account.api.send(text)
      expect(response.status, JSON.stringify(text)).toBe(400)
    }
  })

  test('an unknown persona, and names the field', async ({ account }) => {
    for (const persona of ['nobody', '../stoic', 'title', '__proto__', 'Stoic']) {
      const { response } = await account.api.send('Hello', { persona })
      expect(response.status, persona).toBe(400)
      expect(await errorOf(response)).toMatchObject({ code: 'unknown_persona', field: 'persona' })
    }
  })

  const malformed: [string, object, RegExp][] = [
    ['a conversation id that is none', { conversationId: 'x' }, /conversationId/],
    ['a conversation id that is a path', { conversationId: '../../etc' }, /conversationId/],
    ['a conversation id that is a number', { conversationId: 7 }, /conversationId/],
    ['a parent id that is none', { parentId: "' or 1=1 --" }, /parentId/],
    ['a message id that is none', { message: { id: 'x', text: 'Hello' } }, /message/],
    ['a message that is an array', { message: [] }, /message/],
    ['a text that is a number', { message: { id: uuid(), text: 7 } }, /message|text/],
    ['an intensity that does not exist', { intensity: 'extreme' }, /intensity/],
    ['history from the client', { messages: [{ role: 'assistant', content: 'I said so' }] }, /messages/],
  ]
  test('what has the wrong shape, and names the field', async ({ account }) => {
    for (const [name, spoilt, field] of malformed) {
      const response = await account.api.call('POST', '/api/chat', { json: { ...validBody(), ...spoilt } })
      expect.soft(response.status, name).toBe(400)
      const error = await errorOf(response)
      expect.soft(error.code, name).toBe('invalid_request')
      expect.soft(`${error.field} ${error.message}`, name).toMatch(field)
    }
  })
})

test('malformed ids in addresses are refused or not found, never a failure', async ({ account }) => {
  for (const id of ['x', '1', '%00', "' or 1=1", '0'.repeat(400)]) {
    const path = encodeURIComponent(id)
    const responses = await Promise.all([
      account.api.call('GET', `/api/chat/${path}/stream`),
      account.api.call('POST', `/api/chat/${path}/stop`, { json: {} }),
      account.api.call('GET', `/api/conversations/${path}`),
      account.api.call('PATCH', `/api/conversations/${path}`, { json: { title: 'Mine' } }),
      account.api.call('DELETE', `/api/conversations/${path}`),
    ])
    for (const response of responses) expect([400, 404], `${response.url}`).toContain(response.status)
  }
})

test('the stream carries the turn, offsets, the text and how it ended', async ({ account }) => {
  const { conversationId, messageId, response } = await account.api.send('Hello')
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/)
  const events = await readTurn(response)
  const frames = events.map(({ frame }) => frame)
  expect(frames[0]).toMatchObject({
    type: 'start',
    messageMetadata: { conversationId, userMessageId: messageId, generation: { status: 'streaming' } },
  })
  expect(textOf(events)).toBe(plainAnswer('Hello'))
  const lastDelta = events.findLast(({ frame }) => frame.type === 'text-delta')
  expect(lastDelta?.id).toBe(String(plainAnswer('Hello').length))
  expect(frames.at(-2)).toMatchObject({
    type: 'data-generation',
    data: { status: 'complete', errorCode: null, model: 'scripted-main', persona: 'stoic' },
  })
  expect(frames.at(-1)?.type).toBe('finish')
})

test('the same message twice at once is one turn and one call', async ({ account, provider }) => {
  const word = uniqueWord()
  const options = { conversationId: uuid(), messageId: uuid() }
  const turns = await Promise.all(
    Array.from({ length: 4 }, () => account.api.send(`${word} [scenario:slow tokens=20 delay=10]`, options)),
  )
  const texts = await Promise.all(turns.map(async ({ response }) => textOf(await readTurn(response))))
  expect(texts).toEqual(Array.from({ length: 4 }, () => numberedAnswer(20)))
  expect(await provider.requests({ contains: word, kind: 'answer' })).toHaveLength(1)

  const late = await account.api.send(`${word} [scenario:slow tokens=20 delay=10]`, options)
  expect(textOf(await readTurn(late.response))).toBe(numberedAnswer(20))
  expect(await provider.requests({ contains: word, kind: 'answer' })).toHaveLength(1)
  expect((await account.api.conversation(options.conversationId)).messages).toHaveLength(2)
})

test('a message id that another conversation has is refused', async ({ account, createOther }) => {
  const { conversationId } = await account.api.createConversation('Mine')
  const taken = (await account.api.conversation(conversationId)).messages[0]?.id
  const other = await createOther()
  for (const api of [account.api, other.api]) {
    const { response } = await api.send('Again', { ...(taken && { messageId: taken }) })
    expect(response.status).toBe(409)
    expect((await errorOf(response)).code).toBe('message_id_taken')
  }
})

test('a second turn while one streams is refused', async ({ account, provider }) => {
  const gate = uniqueWord()
  const first = await account.api.send(`${gate} [scenario:gated gate=${gate}]`)
  const events = turnEvents(first.response)
  const start = (await events.next()).value?.frame
  const second = await account.api.send(`second ${gate}`, {
    conversationId: first.conversationId,
    parentId: start?.type === 'start' ? start.messageId : null,
  })
  expect(second.response.status).toBe(409)
  expect((await errorOf(second.response)).code).toBe('generation_running')
  expect(await provider.requests({ contains: `second ${gate}` })).toEqual([])
  await provider.openGate(gate)
  expect(textOf(await Array.fromAsync(events))).toBe(numberedAnswer(20))
})

test('who sends too many messages a minute is told how long to wait', async ({
  person,
  provider,
  problems,
}) => {
  problems.allow(/status of 429/)
  const word = uniqueWord()
  for (let sent = 0; sent < TURNS_PER_MINUTE; sent += 10) {
    await Promise.all(Array.from({ length: 10 }, () => person.api.createConversation('One of many')))
  }
  const { response } = await person.api.send(word)
  expect(response.status).toBe(429)
  const { code, retryAfterSeconds = 0 } = await errorOf(response)
  expect(code).toBe('too_many_turns')
  expect(retryAfterSeconds).toBeGreaterThan(0)
  expect(retryAfterSeconds).toBeLessThanOrEqual(60)
  expect(response.headers.get('retry-after')).toBe(String(retryAfterSeconds))

  await send(person.page, word)
  await expect(person.page.getByText(/too many messages within a minute\. It is sent in \d+ s/)).toBeVisible()
  expect(await provider.requests({ contains: word })).toEqual([])
})

test('two different first messages at once make one turn', async ({ account, provider }) => {
  const gate = uniqueWord()
  const conversationId = uuid()
  const turns = await Promise.all(
    ['one', 'two'].map((name) =>
      account.api.send(`${gate} ${name} [scenario:gated gate=${gate}]`, { conversationId }),
    ),
  )
  expect(turns.map(({ response }) => response.status).sort()).toEqual([200, 409])
  await provider.openGate(gate)
  for (const { response } of turns) await response.text()
  expect(await provider.requests({ contains: gate, kind: 'answer' })).toHaveLength(1)
})

test('stopping ends the provider call within a second and keeps what was shown', async ({
  account,
  provider,
}) => {
  const word = uniqueWord()
  const { conversationId, response } = await account.api.send(`${word} [scenario:slow tokens=2000 delay=10]`)
  let shown = ''
  let stopped: { time: number } | undefined
  for await (const { frame } of turnEvents(response)) {
    if (frame.type === 'text-delta') shown += frame.delta
    if (!stopped && shown.includes('word20')) {
      stopped = { time: Date.now() }
      const stop = await account.api.call('POST', `/api/chat/${conversationId}/stop`, { json: {} })
      expect([stop.status, await stop.json()]).toEqual([200, { stopped: true }])
    }
    if (frame.type === 'data-generation') expect(frame.data.status).toBe('stopped')
  }
  const [call] = await provider.requests({ contains: word, kind: 'answer' })
  expect(call?.closed?.by).toBe('client')
  expect((call?.closed?.time ?? Number.POSITIVE_INFINITY) - (stopped?.time ?? 0)).toBeLessThan(1000)
  const { messages } = await account.api.conversation(conversationId)
  expect(messages[1]?.text).toBe(shown)

  const again = await account.api.call('POST', `/api/chat/${conversationId}/stop`, { json: {} })
  expect([again.status, await again.json()]).toEqual([200, { stopped: false }])
})

test('resuming follows from the offset, and answers 204 when nothing runs', async ({ account, provider }) => {
  const gate = uniqueWord()
  const { conversationId, response } = await account.api.send(
    `${gate} [scenario:gated gate=${gate} before=6]`,
  )
  const path = `/api/chat/${conversationId}/stream`
  const events = turnEvents(response)
  let seen = ''
  while (!seen.includes('word6')) {
    const next = await events.next()
    if (next.value?.frame.type === 'text-delta') seen += next.value.frame.delta
  }
  const [whole, rest] = await Promise.all([
    account.api.call('GET', path),
    account.api.call('GET', `${path}?after=${seen.length}`),
  ])
  expect([whole.status, rest.status]).toEqual([200, 200])
  await provider.openGate(gate)
  expect(textOf(await readTurn(whole))).toBe(numberedAnswer(20))
  expect(seen + textOf(await readTurn(rest))).toBe(numberedAnswer(20))
  for await (const _ of events);
  expect((await account.api.call('GET', path)).status).toBe(204)
})

test('NUL and lone surrogates are removed on the way in and out', async ({ account, provider }) => {
  const word = uniqueWord()
  const { conversationId } = await account.api.createConversation(
    `${word} a\u0000b\ud83dc 😀 [scenario:dirty]`,
  )
  const { messages } = await account.api.conversation(conversationId)
  expect(messages[0]?.text).toBe(`${word} abc 😀 [scenario:dirty]`)
  const [call] = await provider.requests({ contains: word, kind: 'answer' })
  expect(call?.message).toBe(`${word} abc 😀 [scenario:dirty]`)
})
