import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { numberedAnswer } from '../provider/answers.ts'
import { ApiClient, errorOf } from '../support/api-client.ts'
import { startCommandLine } from '../support/command-line.ts'
import { uniqueWord } from '../support/conversation-page.ts'
import { RestClient } from '../support/rest-client.ts'
import { BOT, BOT_TOKEN, ScriptedBotApi } from '../telegram/scripted-bot-api.ts'
import type { FaultStack } from './support/fault-stack.ts'
import { test as base, expect } from './support/test.ts'
import { lastAnswer } from './support/turns.ts'

const SECRET = 'the-secret-of-the-tests'

/** A stack whose servers are bots: the first by webhook, two more that poll when a test adds them. */
const test = base.extend<object, { botApi: ScriptedBotApi }>({
  botApi: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixture's dependencies from this pattern.
    async ({}, use) => {
      const botApi = await ScriptedBotApi.start()
      await use(botApi)
      await botApi.stop()
    },
    { scope: 'worker' },
  ],
  stackOptions: [async ({ botApi }, use) => use({ servers: [settings(botApi)] }), { scope: 'worker' }],
})

test.describe.configure({ mode: 'default' })

function settings(botApi: ScriptedBotApi): Record<string, string> {
  return {
    ...{ TELEGRAM_BOT_TOKEN: BOT_TOKEN, TELEGRAM_API_ROOT: botApi.root, TELEGRAM_WEBHOOK_SECRET: SECRET },
    AUTH_URL: 'http://127.0.0.1:9',
  }
}

interface Servers {
  stack: FaultStack
  botApi: ScriptedBotApi
}

let numbers = 5000

function written(chatId: number, text: string) {
  const chat = { id: chatId, type: 'private', first_name: 'Zeno' }
  const message = { message_id: numbers, date: 0, chat, from: { ...chat, is_bot: false }, text }
  return { update_id: numbers++, message }
}

/** As Telegram sends it. */
function send(stack: FaultStack, update: object, secret = SECRET): Promise<Response> {
  const headers = { 'x-telegram-bot-api-secret-token': secret }
  return new ApiClient(stack.server.origin).call('POST', '/api/telegram', { json: update, headers })
}

async function linkChat({ stack, botApi }: Servers, api: ApiClient, chatId: number): Promise<void> {
  const response = await api.call('POST', '/api/telegram/codes')
  expect(response.status).toBe(201)
  const { code } = (await response.json()) as { code: string }
  expect((await send(stack, written(chatId, code))).status).toBe(200)
  await expect.poll(() => botApi.shownIn(chatId)).toHaveLength(1)
}

async function newestConversation(api: ApiClient): Promise<string> {
  const response = await api.call('GET', '/api/conversations')
  const { conversations } = (await response.json()) as { conversations: { id: string }[] }
  return conversations[0]?.id ?? ''
}

test('takes updates from Telegram alone, and gives codes to those who are signed in', async ({
  stack,
  botApi,
  person,
}) => {
  await expect.poll(() => botApi.callsOf('setWebhook').at(-1)?.payload.secret_token).toBe(SECRET)
  for (const secret of ['', 'wrong', `${SECRET}x`]) {
    const refused = await send(stack, written(1, 'forged'), secret)
    expect(refused.status).toBe(401)
    expect(await errorOf(refused)).toMatchObject({ code: 'wrong_secret' })
  }
  expect((await send(stack, { message: 'no update' })).status).toBe(400)
  const anonymous = new ApiClient(stack.server.origin)
  expect((await anonymous.call('POST', '/api/telegram/codes')).status).toBe(401)
  expect((await anonymous.call('DELETE', '/api/telegram/chats/1')).status).toBe(401)
  const foreign = { headers: { origin: 'https://elsewhere.example' } }
  expect((await person.api.call('POST', '/api/telegram/codes', foreign)).status).toBe(403)
  for (const id of ['1', 'x', '9'.repeat(40)]) {
    expect((await person.api.call('DELETE', `/api/telegram/chats/${id}`)).status).toBe(404)
  }
  expect(await stack.database.query('SELECT FROM telegram_update')).toHaveLength(0)
})

test('the conversation is seen on the page while it is answered in Telegram, and goes on there', async ({
  stack,
  botApi,
  person: { api, page },
}) => {
  const chatId = 101
  const word = uniqueWord()
  await linkChat({ stack, botApi }, api, chatId)
  stack.provider.stage.arrange(word, 'gated tokens=20 before=8 gate=telegram')
  await send(stack, written(chatId, `${word} Good morning`))
  await expect.poll(() => botApi.shownIn(chatId).at(-1)).toContain('word8')
  await page.goto(`/chat/${await newestConversation(api)}`)
  await expect(page.getByText(word).first()).toBeVisible()
  await expect(page.getByRole('button', { name: 'Stop' })).toBeVisible()
  stack.provider.stage.openGate('telegram')
  await expect(page.getByText('word20')).toBeVisible()
  await expect.poll(() => botApi.shownIn(chatId).at(-1)).toBe(numberedAnswer(20).trim())
})

test('the settings show a code, and the chat that was linked by it', async ({
  stack,
  botApi,
  person: { page },
}) => {
  await page.goto('/settings')
  const section = page.getByRole('region', { name: 'Telegram' })
  await section.getByRole('button', { name: 'Link a chat' }).click()
  const code = await section.locator('code').first().textContent()
  await expect(section.getByRole('link', { name: 'Open in Telegram' })).toHaveAttribute(
    'href',
    `https://t.me/${BOT.username}?start=${code}`,
  )
  await send(stack, written(102, `/start ${code}`))
  await expect.poll(() => botApi.shownIn(102).at(-1)).toContain('is linked')
  await page.reload()
  const chats = section.getByRole('list', { name: 'Linked chats' })
  await expect(chats.getByRole('listitem')).toHaveCount(2)
  await chats.getByRole('button', { name: 'Unlink' }).first().click()
  await page.getByRole('button', { name: 'Unlink', exact: true }).click()
  await expect(chats.getByRole('listitem')).toHaveCount(1)
})

test('kill -9 in mid-answer: it is finished after the next start, and answered once', async ({
  stack,
  botApi,
  person: { api },
}) => {
  const chatId = 103
  const word = uniqueWord()
  await linkChat({ stack, botApi }, api, chatId)
  const update = written(chatId, `${word} [continue:plain tokens=3] [scenario:slow tokens=1000 delay=10]`)
  await send(stack, update)
  await expect.poll(() => botApi.shownIn(chatId).at(-1)?.length ?? 0).toBeGreaterThan(200)
  await stack.server.kill()
  const shown = botApi.shownIn(chatId).length
  const before = botApi.shownIn(chatId).at(-1) ?? ''
  await stack.server.start()
  expect((await send(stack, update)).status, 'sent again by Telegram').toBe(200)
  const answered = 'SELECT FROM telegram_update WHERE id = $1 AND "answeredAt" IS NOT NULL'
  await expect
    .poll(() => stack.database.query(answered, [update.update_id]), { timeout: 40_000 })
    .toHaveLength(1)

  const conversationId = await newestConversation(api)
  const { messages } = await api.conversation(conversationId)
  expect(messages).toHaveLength(2)
  const { text, generation } = await lastAnswer(api, conversationId)
  expect(generation.status).toBe('complete')
  expect(botApi.shownIn(chatId), 'in the same message').toHaveLength(shown)
  expect(botApi.shownIn(chatId).at(-1)).toBe(text)
  expect(text.length).toBeGreaterThan(before.length - 100)
  const calls = stack.provider.requests.filter(
    ({ kind, message }) => kind === 'answer' && message.includes(word),
  )
  expect(calls.length, 'the answer and its continuation').toBeLessThanOrEqual(2)
})

test('SIGTERM: what ends in time is shown to its end, and what does not is finished by the next one', async ({
  stack,
  botApi,
  person: { api },
}) => {
  const [short, long] = [104, 105]
  for (const [chatId, scenario] of [
    [short, 'slow tokens=30 delay=50'],
    [long, 'slow tokens=2000 delay=20'],
  ] as const) {
    await linkChat({ stack, botApi }, api, chatId)
    await send(stack, written(chatId, `[continue:plain tokens=3] [scenario:${scenario}]`))
    await expect.poll(() => botApi.shownIn(chatId)).toHaveLength(2)
  }
  await stack.server.stop()
  expect(botApi.shownIn(short).at(-1), 'finished before it ended').toBe(numberedAnswer(30))
  const before = botApi.shownIn(long).at(-1) ?? ''
  expect(before, 'nothing is said of the stop').toMatch(/word\d+$/)
  await stack.server.start()
  const shown = () => botApi.shownIn(long).at(-1) ?? ''
  await expect.poll(() => shown().length, { timeout: 20_000 }).toBeGreaterThan(before.length)
  const { text, generation } = await lastAnswer(api, await newestConversation(api))
  expect(generation.status).toBe('complete')
  await expect.poll(shown).toBe(text)
})

test('of two instances that poll one does, and the other when that is killed', async ({
  stack,
  botApi,
  person,
}) => {
  const chatId = 106
  await linkChat({ stack, botApi }, person.api, chatId)
  const polling = { ...settings(botApi), TELEGRAM_MODE: 'polling' }
  botApi.failNext('getUpdates', { status: 429, retryAfter: 4 })
  const [first, second] = [await stack.addServer(polling), await stack.addServer(polling)]
  await expect.poll(() => botApi.polls).toBe(1)
  const pollers = () => [first, second].filter(({ output }) => output.includes('asks Telegram for updates'))
  expect(pollers()).toHaveLength(1)
  const [refused, again] = botApi.callsOf('getUpdates')
  expect(again && refused && again.at - refused.at, 'the wait that Telegram asked for').toBeGreaterThan(3_900)
  const word = uniqueWord()
  botApi.leave(written(chatId, `${word} [scenario:plain]`))
  await expect.poll(() => botApi.shownIn(chatId).at(-1)).toContain(word)

  await pollers()[0]?.kill()
  await expect.poll(() => pollers().length, { timeout: 15_000 }).toBe(2)
  const next = uniqueWord()
  botApi.leave(written(chatId, `${next} [scenario:plain]`))
  await expect.poll(() => botApi.shownIn(chatId).at(-1)).toContain(next)
  expect(botApi.shownIn(chatId)).toHaveLength(3)

  const log = stack.servers.map(({ output }) => output).join('')
  for (const secret of [BOT_TOKEN, SECRET, word, next]) expect(log).not.toContain(secret)
})

test('one conversation goes through every door: begun in Telegram, continued by curl, watched on the page, stopped from a terminal', async ({
  stack,
  botApi,
  person,
}) => {
  const { api, page } = person
  const chatId = 909
  const word = uniqueWord()
  const transcript: string[] = []
  const tell = (door: string, text: string) => void transcript.push(`${door}: ${text.trim()}`)
  await linkChat({ stack, botApi }, api, chatId)
  await send(stack, written(chatId, `${word} Good morning`))
  tell('Telegram, the person', `${word} Good morning`)
  await expect.poll(() => botApi.shownIn(chatId).at(-1)).toContain('received whole')
  tell('Telegram, the answer', botApi.shownIn(chatId).at(-1) ?? '')

  const conversationId = await newestConversation(api)
  const { token } = await new RestClient(api).json<{ token: string }>('POST', '/tokens', {
    json: { name: 'curl', scope: 'write' },
  })
  await page.goto(`/chat/${conversationId}`)
  await expect(page.getByText(`${word} Good morning`).first()).toBeVisible()
  const message = `${word} by curl [scenario:slow tokens=2000 delay=15]`
  const body = JSON.stringify({ message, conversationId, stream: true })
  const curl = spawn('curl', [
    ...['-sN', `${stack.server.origin}/api/v1/chat`, '-H', 'Content-Type: application/json'],
    ...['-H', `Authorization: Bearer ${token}`, '-d', body],
  ])
  const streamed = text(curl.stdout)
  tell('curl -N, the person', message)
  await expect(page.getByText('word8', { exact: false }).first()).toBeVisible()
  tell('The page', 'shows the answer while it is written')
  await using line = await startCommandLine(person, stack.server.origin)
  const terminal = line.open()
  await terminal.see('> ')
  terminal.type('/open 1\r')
  await terminal.see(`${word} by curl`)
  terminal.type('/stop\r')
  tell('Terminal', '/open 1, then /stop')

  const events = await streamed
  expect(events).toMatch(/event: done\nid: .*\ndata: .*"status":"stopped"/)
  tell('curl -N, the last event', events.slice(events.lastIndexOf('event: done')).slice(0, 120))
  await expect(page.getByText('You stopped this answer')).toBeVisible()
  tell('The page', 'You stopped this answer')
  terminal.type('/exit\r')
  expect(await terminal.ended).toBe(0)
  await base.info().attach('transcript', { body: transcript.join('\n'), contentType: 'text/plain' })
})
