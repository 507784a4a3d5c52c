import { readTurn } from '../support/api-client.ts'
import { fillSignIn } from '../support/person.ts'
import { PLANTED_KEY } from './support/fault-stack.ts'
import { expect, test } from './support/test.ts'

test.describe.configure({ mode: 'default' })

const METRICS_TOKEN = 'zzplanted-metrics-token'
test.use({ stackOptions: { servers: [{ METRICS_TOKEN }] } })

/** Only ever in what a person writes, or a model answers. */
const WORD = 'zzplantedword'

type Line = Record<string, unknown>

test('the log of a whole run tells what happened, in JSON, and nothing that was written or is secret', async ({
  stack,
  person,
}) => {
  const { api, page, context } = person
  const { server } = stack
  const lines = (): Line[] =>
    server.output
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line))

  const requestId = 'from-a-proxy.0001'
  const conversationId = '0193aaaa-0000-7000-8000-00000000000a'
  const messageId = '0193aaaa-0000-7000-8000-00000000000b'
  const sent = await api.call('POST', '/api/chat', {
    json: { conversationId, parentId: null, message: { id: messageId, text: `What is ${WORD}?` } },
    headers: { 'x-request-id': requestId },
  })
  expect(sent.headers.get('x-request-id')).toBe(requestId)
  await readTurn(sent)
  await api.call('PATCH', `/api/conversations/${conversationId}`, { json: { title: `About ${WORD}` } })
  await api.call('GET', `/api/conversations?q=${WORD}`)
  await api.call('GET', `/api/conversations/${encodeURIComponent(`What is ${WORD}?`)}`)
  await api.call('GET', `/nowhere/${WORD}Upper/${encodeURIComponent(`${WORD} é`)}`)
  await api.call('GET', '/api/account/export')
  await api.call('POST', '/api/chat', { json: { text: WORD } })
  for (const fault of ['status code=401', 'status code=500', 'html', 'malformed', 'reset after=3']) {
    const { response } = await api.send(`${WORD} [scenario:${fault}]`)
    await readTurn(response)
  }
  await api.call('GET', '/metrics', { headers: { authorization: `Bearer ${METRICS_TOKEN}x` } })
  await api.call('GET', '/api/conversations', { headers: { authorization: `Bearer stoa_${WORD}` } })

  await stack.database.stop()
  const { response } = await api.send(`${WORD} while the database is away`)
  expect(response.status).toBe(503)
  await stack.database.start()
  await expect.poll(async () => (await api.call('GET', '/api/ready')).status, { timeout: 30_000 }).toBe(200)

  const cookies = await context.cookies()
  const other = await page.context().browser()?.newPage({ baseURL: server.origin })
  await other?.goto('/login')
  if (other) await fillSignIn(other, { email: person.email, password: `${WORD}-wrong` })
  await expect.poll(() => lines().filter(({ path }) => path === '/login').length).toBeGreaterThan(1)
  await other?.close()

  await expect
    .poll(() => lines().some((line) => line.msg === 'request' && line.requestId === requestId))
    .toBe(true)
  const mine = lines().filter((line) => line.requestId === requestId)
  expect(mine.find(({ msg }) => msg === 'request')).toMatchObject({
    method: 'POST',
    path: '/api/chat',
    status: 200,
    latencyMs: expect.any(Number),
    conversationId,
    model: 'scripted-main',
    inputTokens: expect.any(Number),
    outputTokens: expect.any(Number),
    errorCode: null,
  })
  expect(mine.map(({ msg }) => msg)).toContain('generation ended')
  const codes = lines().map(({ errorCode }) => errorCode)
  expect(codes).toEqual(expect.arrayContaining(['wrong_key', 'invalid_request', 'database_unavailable']))

  const database = new URL(stack.database.url)
  const secrets = [
    ...[WORD, PLANTED_KEY, METRICS_TOKEN, person.password, person.email, person.name],
    ...[database.password, 'a secret of the tests', ...cookies.map(({ value }) => value)],
  ]
  for (const secret of secrets) {
    const found = server.output.split('\n').filter((line) => line.includes(secret))
    expect(found, `"${secret.slice(0, 12)}…" in the log`).toEqual([])
  }
})
