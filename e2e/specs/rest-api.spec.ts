import { v7 as uuid } from 'uuid'
import type { Answer } from '#lib/api/chat.ts'
import type { Problem } from '#lib/api/problem.ts'
import { numberedAnswer, plainAnswer } from '../provider/answers.ts'
import { ApiClient } from '../support/api-client.ts'
import { uniqueWord } from '../support/conversation-page.ts'
import { foldedConversation } from '../support/folded-conversation.ts'
import { RestClient, type RestEvent, restEvents } from '../support/rest-client.ts'
import { expect, test } from '../support/test.ts'

async function problemOf(response: Response): Promise<Problem> {
  return (await response.json()) as Problem
}

async function tokenOf(api: ApiClient, scope: 'read' | 'write'): Promise<{ id: string; token: string }> {
  return new RestClient(api).json('POST', '/tokens', { json: { name: `A ${scope} token`, scope } })
}

function textOf(events: RestEvent[]): string {
  return events.map((event) => (event.event === 'token' ? event.data.content : '')).join('')
}

test('a program talks with a token alone: whole answers, the same conversation, everything that is told of it', async ({
  account,
  origin,
}) => {
  const { token } = await tokenOf(account.api, 'write')
  const rest = new RestClient(new ApiClient(origin), token)
  const question = `Is it sound? ${uniqueWord()}`
  const first = await rest.json<Answer>('POST', '/chat', { json: { message: question, persona: 'tutor' } })
  expect(first).toMatchObject({
    ...{ response: plainAnswer(question), status: 'complete', persona: 'tutor', sources: [] },
    ...{ model: 'openai:scripted-main', usage: { totalTokens: expect.any(Number) } },
  })
  expect(first.cost).toBeGreaterThan(0)
  expect(first.usage.totalTokens).toBe((first.usage.inputTokens ?? 0) + (first.usage.outputTokens ?? 0))

  const { conversationId } = first
  const second = await rest.json<Answer>('POST', '/chat', { json: { message: 'And then?', conversationId } })
  expect(second).toMatchObject({ conversationId, persona: 'tutor' })
  const path = `/conversations/${conversationId}`
  const page = await rest.json<{ messages: { id: string; text: string }[]; nextCursor: string | null }>(
    ...['GET', `${path}/messages?limit=3`],
  )
  expect(page.messages.map(({ text }) => text)).toEqual([first.response, 'And then?', second.response])
  const before = await rest.json<typeof page>('GET', `${path}/messages?limit=3&before=${page.nextCursor}`)
  expect(before).toMatchObject({ messages: [{ text: question }], nextCursor: null })

  await expect
    .poll(async () => (await rest.json<{ titleSource: string }>('GET', path)).titleSource)
    .toBe('generated')
  expect(await rest.json('GET', `/messages/${first.messageId}/ledger`)).toMatchObject({
    ...{ state: 'kept', cost: first.cost, run: { persona: 'tutor' } },
  })
  expect(await rest.json('GET', '/usage?days=7&timeZone=Europe/Berlin')).toMatchObject({
    byKind: expect.arrayContaining([expect.objectContaining({ kind: 'answer', calls: 2 })]),
    byPersona: expect.arrayContaining([expect.objectContaining({ persona: 'tutor' })]),
  })
  expect(await rest.json('POST', `${path}/clear`)).toMatchObject({ id: conversationId })
  expect(await rest.json('GET', `${path}/summaries`)).toEqual({ versions: [], nextBefore: null })

  const again = await rest.json<Answer>('POST', `/messages/${page.messages[1]?.id}/answers`, {
    json: { persona: 'stoic', intensity: 'high' },
  })
  expect(again).toMatchObject({ conversationId, persona: 'stoic', intensity: 'high' })
  expect(again.messageId).not.toBe(second.messageId)
})

test('a stream tells tokens, title and end; whoever comes back goes on without gap or repeat; stopping stops', async ({
  account,
  provider,
}) => {
  const rest = new RestClient(account.api)
  const word = uniqueWord()
  const sent = await rest.call('POST', '/chat', {
    json: { message: `${word} [scenario:slow tokens=40 delay=20]`, stream: true },
  })
  expect(sent.headers.get('x-accel-buffering')).toBe('no')
  expect(sent.headers.get('ratelimit')).toMatch(/^"turns";r=\d+;t=\d+$/)
  const begun: RestEvent[] = []
  for await (const event of restEvents(sent)) {
    begun.push(event)
    if (textOf(begun).length > 60) break
  }
  const lastId = begun.at(-1)?.id ?? ''
  // Hanging up did not stop it.
  const list = await rest.json<{ conversations: { id: string; running: boolean }[] }>('GET', '/conversations')
  const conversation = list.conversations[0]
  expect(conversation?.running).toBe(true)
  const path = `/conversations/${conversation?.id}`
  const rest1 = await Array.fromAsync(
    restEvents(await rest.call('GET', `${path}/stream`, { headers: { 'last-event-id': lastId } })),
  )
  const done = rest1.at(-1)
  expect(textOf(begun) + textOf(rest1)).toBe(numberedAnswer(40))
  expect(done).toMatchObject({
    event: 'done',
    data: { response: numberedAnswer(40), conversationId: conversation?.id },
  })
  // After it has ended, too.
  const late = await rest.call('GET', `${path}/stream`, { headers: { 'last-event-id': lastId } })
  expect(textOf(await Array.fromAsync(restEvents(late)))).toBe(textOf(rest1))
  expect((await rest.call('GET', `${path}/stream`)).status).toBe(204)

  const second = await rest.call('POST', '/chat', {
    json: { message: '[scenario:slow tokens=2000 delay=15]', conversationId: conversation?.id, stream: true },
  })
  const events = restEvents(second)
  await events.next()
  expect(await rest.json('POST', `${path}/stop`)).toEqual({ stopped: true })
  const rests = await Array.fromAsync(events)
  expect(rests.at(-1)).toMatchObject({ event: 'done', data: { status: 'stopped' } })
  expect(await rest.json('POST', `${path}/stop`)).toEqual({ stopped: false })
  expect(await provider.requests({ contains: word, kind: 'answer' })).toHaveLength(1)
})

test('the same request with the same key is answered once; the key is not taken for another', async ({
  account,
  provider,
}) => {
  const rest = new RestClient(account.api)
  const message = `Once only ${uniqueWord()}`
  const headers = { 'idempotency-key': `key ${uuid()}` }
  const both = await Promise.all(
    [1, 2].map(() => rest.json<Answer>('POST', '/chat', { json: { message }, headers })),
  )
  expect(both[1]).toEqual(both[0])
  expect(await rest.json('POST', '/chat', { json: { message }, headers })).toEqual(both[0])
  expect(await provider.requests({ contains: message, kind: 'answer' })).toHaveLength(1)
  const other = await rest.call('POST', '/chat', { json: { message: 'Something else' }, headers })
  expect(other.status).toBe(422)
  expect(await problemOf(other)).toMatchObject({ code: 'idempotency_key_reused', field: 'Idempotency-Key' })

  // In a conversation whose last answer is by then the one that was asked for.
  const { conversationId = '' } = both[0] ?? {}
  const follow = { json: { message: 'And then?', conversationId }, headers: { 'idempotency-key': uuid() } }
  const followed = await rest.json<Answer>('POST', '/chat', follow)
  expect(await rest.json('POST', '/chat', follow)).toEqual(followed)
  const elsewhere = await rest.call('POST', '/chat', { ...follow, json: { message: 'And then?' } })
  expect(elsewhere.status).toBe(422)
  expect((await account.api.conversation(conversationId)).messages).toHaveLength(4)
})

test('what is at fault is told by the name that it has in the request', async ({ account }) => {
  const rest = new RestClient(account.api)
  const { messageId } = await rest.json<Answer>('POST', '/chat', { json: { message: 'Hello' } })
  for (const [path, json, status, field] of [
    ['/chat', { message: ' ' }, 400, 'message'],
    ['/chat', { message: 'x'.repeat(32_001) }, 413, 'message'],
    ['/chat', { message: 'Hello', parentId: messageId }, 400, 'parentId'],
    [`/messages/${messageId}/answers`, {}, 400, 'messageId'],
  ] as const) {
    const refused = await rest.call('POST', path, { json })
    expect([refused.status, (await problemOf(refused)).field], path).toEqual([status, field])
  }
})

for (const [scenario, status, code] of [
  ['status code=429', 429, 'rate_limited'],
  ['forbidden', 502, 'wrong_key'],
  ['filter-question', 422, 'content_filtered'],
] as const) {
  test(`a failed answer is answered ${status}: ${code}`, async ({ account }) => {
    const rest = new RestClient(account.api)
    const response = await rest.call('POST', '/chat', { json: { message: `[scenario:${scenario}]` } })
    expect(response.status).toBe(status)
    const problem = await problemOf(response)
    expect(problem).toMatchObject({ code, status, conversationId: expect.any(String) })
    const stream = await rest.call('POST', '/chat', {
      json: { message: `[scenario:${scenario}]`, conversationId: problem.conversationId, stream: true },
    })
    const events = await Array.fromAsync(restEvents(stream))
    expect(events.at(-1)).toMatchObject({ event: 'error', data: { code, message: problem.detail } })
  })
}

test('a token reads or writes, and none makes others; a revoked one ends its streams within 5 s', async ({
  account,
  origin,
}) => {
  const reading = await tokenOf(account.api, 'read')
  const writing = await tokenOf(account.api, 'write')
  const reader = new RestClient(new ApiClient(origin), reading.token)
  const refused = await reader.call('POST', '/chat', { json: { message: 'Hello' } })
  expect([refused.status, (await problemOf(refused)).code]).toEqual([403, 'insufficient_scope'])
  const writer = new RestClient(new ApiClient(origin), writing.token)
  const listed = await writer.call('GET', '/tokens')
  expect([listed.status, (await problemOf(listed)).detail]).toEqual([
    401,
    expect.stringContaining('No token'),
  ])
  expect((await writer.call('POST', '/tokens', { json: { name: 'More', scope: 'write' } })).status).toBe(401)

  const stream = await writer.call('POST', '/chat', {
    json: { message: '[scenario:slow tokens=2000 delay=15]', stream: true },
  })
  const events = restEvents(stream)
  await events.next()
  const session = new RestClient(account.api)
  expect((await session.call('DELETE', `/tokens/${writing.id}`)).status).toBe(204)
  const since = performance.now()
  const rest = await Array.fromAsync(events)
  expect(performance.now() - since).toBeLessThan(5_000)
  expect(rest.map(({ event }) => event)).not.toContain('done')
  const later = await writer.call('GET', '/conversations')
  expect([later.status, (await problemOf(later)).code]).toEqual([401, 'invalid_token'])
  const { conversations } = await session.json<{ conversations: { id: string }[] }>('GET', '/conversations')
  await session.json('POST', `/conversations/${conversations[0]?.id}/stop`)
  expect((await session.call('DELETE', `/tokens/${writing.id}`)).status).toBe(404)
})

test('conversations are made, named, pinned, archived, listed by pages, deleted, and erased for ever', async ({
  account,
}) => {
  const rest = new RestClient(account.api)
  const made = await rest.call('POST', '/conversations', { json: { title: 'First', persona: 'tutor' } })
  expect(made.status).toBe(201)
  const path = (made.headers.get('location') ?? '').replace('/api/v1', '')
  const tagged = await rest.call('GET', path)
  expect(await tagged.json()).toMatchObject({ title: 'First', titleSource: 'person', pinned: false })
  const headers = { 'if-none-match': tagged.headers.get('etag') ?? '' }
  expect((await rest.call('GET', path, { headers })).status).toBe(304)
  expect(await rest.json('PATCH', path, { json: { pinned: true, archived: true } })).toMatchObject({
    ...{ pinned: true, archived: true, persona: 'tutor' },
  })
  expect((await rest.call('GET', path, { headers })).status).toBe(200)
  for (const title of ['Second', 'Third']) await rest.call('POST', '/conversations', { json: { title } })
  const titles = async (query: string) => {
    const { conversations, nextCursor } = await rest.json<{
      conversations: { title: string }[]
      nextCursor: string | null
    }>('GET', `/conversations?${query}`)
    return { titles: conversations.map(({ title }) => title), nextCursor }
  }
  expect((await titles('archived=true')).titles).toEqual(['First'])
  const page = await titles('limit=1')
  expect(page.titles).toEqual(['Third'])
  expect(await titles(`limit=1&before=${page.nextCursor}`)).toEqual({ titles: ['Second'], nextCursor: null })
  const spoken = await rest.json<Answer>('POST', '/chat', {
    json: { message: 'Hello', conversationId: path.split('/').at(-1) },
  })
  expect(spoken.persona).toBe('tutor')
  const unnamed = await rest.json<{ id: string; title: string }>('POST', '/conversations', { json: {} })
  expect(unnamed.title).toBe('New conversation')
  await rest.json('POST', '/chat', { json: { message: 'What is it called?', conversationId: unnamed.id } })
  await expect
    .poll(
      async () =>
        (await rest.json<{ titleSource: string }>('GET', `/conversations/${unnamed.id}`)).titleSource,
    )
    .toBe('generated')
  // For ever goes what lies in the trash, and nothing else.
  expect((await rest.call('POST', `${path}/erase`)).status).toBe(404)
  expect((await rest.call('DELETE', path)).status).toBe(204)
  expect((await rest.call('GET', path)).status).toBe(404)
  expect((await titles('deleted=true')).titles).toEqual(['First'])
  expect((await rest.call('POST', `${path}/erase`)).status).toBe(204)
  expect((await titles('deleted=true')).titles).toEqual([])
  expect((await rest.call('POST', `${path}/restore`)).status).toBe(404)
})

test('nobody signed in, nobody else and no foreign page learns or changes anything', async ({
  account,
  createOther,
  origin,
}) => {
  const { conversationId, messageId } = await new RestClient(account.api).json<Answer>('POST', '/chat', {
    json: { message: 'Mine' },
  })
  const path = `/conversations/${conversationId}`
  const calls: [string, string, unknown?][] = [
    ...(['', '/messages', '/summaries', '/stream'] as const).map((rest): [string, string] => [
      'GET',
      path + rest,
    ]),
    ...[
      ['PATCH', path, { title: 'Theirs' }] as [string, string, unknown],
      ['DELETE', path] as [string, string],
    ],
    ...[
      ['POST', `${path}/stop`] as [string, string],
      ['POST', `${path}/clear`, {}] as [string, string, unknown],
    ],
    ['POST', `${path}/summaries`, { text: 'It was so and so.', version: 1 }],
    ...[['GET', `/messages/${messageId}/ledger`] as [string, string]],
    ['POST', `/messages/${messageId}/answers`, {}],
    ['POST', '/chat', { message: 'Theirs', conversationId }],
  ]
  const other = new RestClient((await createOther()).api)
  for (const [method, at, json] of calls) {
    const options = json === undefined ? {} : { json }
    expect((await other.call(method, at, options)).status, `${method} ${at}`).toBe(404)
    const nobody = await new RestClient(new ApiClient(origin)).call(method, at, options)
    expect([nobody.status, (await problemOf(nobody)).code], `${method} ${at}`).toEqual([401, 'signed_out'])
    if (method === 'GET') continue
    const headers = { origin: 'https://foreign.invalid' }
    const foreign = await new RestClient(account.api).call(method, at, { ...options, headers })
    expect([foreign.status, (await problemOf(foreign)).code], `${method} ${at}`).toEqual([
      403,
      'foreign_origin',
    ])
  }
  expect((await account.api.conversation(conversationId)).messages).toHaveLength(2)
})

test('the document and its page are served, and what is tried there as it stands works', async ({
  person: { page },
  origin,
}) => {
  const document = await fetch(`${origin}/api/v1/openapi.json`)
  expect(await document.json()).toMatchObject({ openapi: '3.1.0' })
  expect((await fetch(`${origin}/api/docs/../docs/nothing.js`)).status).toBe(404)
  // What a browser asks for where a page, or data, names no icon.
  expect((await fetch(`${origin}/favicon.ico`)).headers.get('content-type')).toContain('image/svg+xml')
  await page.goto('/api/docs')
  await page.getByText('Send a message and get the answer').click()
  await page.getByRole('button', { name: 'Execute' }).click()
  await expect(page.locator('.live-responses-table')).toContainText('"status": "complete"')
  const nothing = await fetch(`${origin}/api/v1/nothing`, { method: 'PUT' })
  expect([nothing.status, nothing.headers.get('content-type')]).toEqual([404, 'application/problem+json'])
  expect((await problemOf(nothing)).detail).toContain('/api/docs')
})

test('a program reads the summary of what is sent no more, and changes the version that it has read', async ({
  account: { api },
}) => {
  const rest = new RestClient(api)
  const { conversationId } = await foldedConversation(api)
  const path = `/conversations/${conversationId}/summaries`
  expect(await rest.json('GET', path)).toMatchObject({ versions: [{ version: 1, author: 'model' }] })
  const json = { text: 'They spoke of Seneca.', version: 1 }
  const changed = await rest.call('POST', path, { json })
  expect([changed.status, changed.headers.get('location')]).toEqual([201, `/api/v1${path}`])
  expect(await changed.json()).toMatchObject({
    versions: [{ version: 2, author: 'person', text: json.text, basedOnVersion: 1, isActive: true }, {}],
  })
  const late = await rest.call('POST', path, { json })
  expect([late.status, (await problemOf(late)).code]).toEqual([409, 'summary_changed'])
})
