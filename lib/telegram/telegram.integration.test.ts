import { randomInt } from 'node:crypto'
import type { Message, Update } from 'grammy/types'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { listAuditEvents } from '#lib/db/audit-events.ts'
import { closeDatabase, db } from '#lib/db/client.ts'
import { readConversation } from '#lib/db/conversations.ts'
import type { ScriptedProvider } from '../../e2e/provider/scripted-provider.ts'
import { shownText } from '../../e2e/telegram/check-html.ts'
import { BOT, BOT_TOKEN, ScriptedBotApi } from '../../e2e/telegram/scripted-bot-api.ts'
import { createPerson } from '../../scripts/test/create-person.ts'
import { useScriptedProvider } from '../../scripts/test/use-scripted-provider.ts'
import { offerLink, readLinkedChats, unlinkChat } from './linking.ts'
import { splitAnswer } from './split-answer.ts'
import { startTelegram } from './start-telegram.ts'
import { takeUpdate } from './take-update.ts'
import type { Telegram } from './telegram.ts'

let provider: ScriptedProvider
let botApi: ScriptedBotApi
let telegram: Telegram

beforeAll(async () => {
  botApi = await ScriptedBotApi.start()
  provider = await useScriptedProvider({
    ...{ TELEGRAM_BOT_TOKEN: BOT_TOKEN, TELEGRAM_API_ROOT: botApi.root, AUTH_URL: 'https://stoa.example' },
    RATE_LIMIT_PER_MINUTE: '4',
  })
  const started = startTelegram()
  if (!started) throw new Error('no bot is configured')
  telegram = started
})

afterAll(async () => {
  telegram.stopping.abort()
  await botApi.stop()
  await provider.stop()
  await closeDatabase()
})

let updates = 1000

/** What somebody writes in a chat, as Telegram tells it. */
function write(chatId: number, text: string, change: Partial<Message> = {}): Update {
  const chat = { id: chatId, type: 'private' as const, first_name: 'Zeno', username: 'zeno' }
  const message = { message_id: updates, date: 0, chat, from: { ...chat, is_bot: false }, text, ...change }
  return { update_id: updates++, message } as Update
}

/** Has the bot take what is written, and waits until it is answered. */
async function say(chatId: number, text: string, change: Partial<Message> = {}): Promise<Update> {
  const update = write(chatId, text, change)
  await take(update)
  return update
}

async function take(update: Update): Promise<void> {
  await takeUpdate(telegram, update)
  await telegram.answering.get(BigInt(update.update_id))
}

const newChat = () => randomInt(1, 2 ** 47)

async function linkedChat() {
  const userId = await createPerson()
  const { code } = await offerLink(userId)
  const chatId = newChat()
  await say(chatId, `/start ${code}`)
  return { userId, chatId }
}

const callsWith = (text: string) => provider.requests.filter(({ message }) => message.includes(text))
const lastIn = (chatId: number) => botApi.shownIn(chatId).at(-1)

test('tells Telegram where to send, with a secret, and what can be said', async () => {
  await expect.poll(() => botApi.callsOf('setWebhook')).toHaveLength(1)
  expect(botApi.callsOf('setWebhook')[0]?.payload).toMatchObject({
    url: 'https://stoa.example/api/telegram',
    secret_token: expect.stringMatching(/^[\w-]{43}$/),
  })
  await expect.poll(() => botApi.callsOf('setMyCommands')).toHaveLength(1)
})

test('explains itself in a chat that is linked to nobody, and nothing is paid', async () => {
  const chatId = newChat()
  for (const text of ['/start', 'unlinked [scenario:plain]', '/stats']) await say(chatId, text)
  expect(botApi.shownIn(chatId)).toHaveLength(3)
  for (const said of botApi.shownIn(chatId)) expect(said).toMatch(/https:\/\/stoa\.example\/settings.*code/s)
  expect(callsWith('unlinked')).toEqual([])
})

test('links a chat by a code, once, within its time, and unlinks it', async () => {
  const userId = await createPerson()
  const [first, second] = [newChat(), newChat()]
  const offer = await offerLink(userId)
  expect(offer).toMatchObject({ bot: BOT.username, link: `https://t.me/${BOT.username}?start=${offer.code}` })
  expect(JSON.stringify(await db().telegramCode.findMany())).not.toContain(offer.code.slice(0, 4))

  await say(first, offer.code.toLowerCase())
  expect(lastIn(first)).toMatch(/is linked to the account of Ada/)
  await say(second, `/start ${offer.code}`)
  expect(lastIn(second)).toMatch(/This code is not valid/)
  const late = await offerLink(userId)
  await db().telegramCode.updateMany({ data: { expiresAt: new Date(0) } })
  await say(second, late.code)
  expect(lastIn(second)).toMatch(/This code is not valid/)

  expect(await readLinkedChats(userId)).toMatchObject([{ id: String(first), title: 'Zeno (@zeno)' }])
  const person = (id: string) => ({ id, email: 'zeno@example.org' })
  const stranger = unlinkChat(person(await createPerson()), String(first), '::1')
  await expect(stranger).rejects.toMatchObject({ code: 'not_found' })
  await unlinkChat(person(userId), String(first), '::1')
  const { entries } = await listAuditEvents({ action: null, before: null })
  expect(entries.slice(0, 2)).toMatchObject([
    { action: 'telegram.unlinked', subject: 'Zeno (@zeno)', address: '::1' },
    { action: 'telegram.linked', subject: 'Zeno (@zeno)' },
  ])
  await say(first, 'Hello?')
  expect(lastIn(first)).toMatch(/choose “Link a chat”/)
})

test.concurrent('answers in the conversation of the chat, and the same update once', async () => {
  const { chatId, userId } = await linkedChat()
  const update = await say(chatId, 'first-word [scenario:plain]')
  await take(update)
  await take(write(chatId, 'other text', {}))
  expect(callsWith('first-word').filter(({ kind }) => kind === 'answer')).toHaveLength(1)

  const { conversationId } = await db().telegramChat.findUniqueOrThrow({ where: { id: BigInt(chatId) } })
  const found = await readConversation(userId, conversationId ?? '')
  expect(found?.messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'user', 'assistant'])
  const shown = found?.messages
    .filter(({ role }) => role === 'assistant')
    .flatMap(({ text }) => splitAnswer(text))
  expect(botApi.shownIn(chatId).slice(1)).toEqual(shown?.map(({ html }) => shownText(html)))
  expect(botApi.callsOf('sendChatAction', chatId).length).toBeGreaterThanOrEqual(1)
  expect(await db().telegramUpdate.findUnique({ where: { id: update.update_id } })).toMatchObject({
    payload: null,
  })
})

test('shows an answer as it grows, with at most an edit a second, waiting as long as Telegram says', async () => {
  const { chatId } = await linkedChat()
  botApi.failNext('editMessageText', { status: 429, retryAfter: 2 })
  await say(chatId, '[scenario:slow tokens=90 delay=40]')
  const edits = botApi.callsOf('editMessageText', chatId)
  expect(edits.map(({ status }) => status).slice(0, 2)).toEqual([429, 200])
  const gaps = edits.slice(1).map(({ at }, index) => at - (edits[index]?.at ?? 0))
  expect(gaps[0]).toBeGreaterThanOrEqual(1_990)
  for (const gap of gaps) expect(gap).toBeGreaterThanOrEqual(990)
  expect(lastIn(chatId)).toMatch(/word90\b|90/)
  expect(botApi.shownIn(chatId)).toHaveLength(2)
})

test('writes plainly what Telegram refuses, and tries again what broke off', async () => {
  const { chatId } = await linkedChat()
  const description = "Bad Request: can't parse entities: Unexpected end tag"
  botApi.failNext('sendMessage', { status: 400, description })
  await say(chatId, '/help')
  const [refused, plain] = botApi.callsOf('sendMessage', chatId).slice(-2)
  expect(refused?.payload).toMatchObject({ parse_mode: 'HTML' })
  expect(plain?.payload.parse_mode).toBe(undefined)
  expect(lastIn(chatId)).toContain('/clear')

  botApi.failNext('sendMessage', 'drop')
  botApi.failNext('sendMessage', { status: 502 })
  await say(chatId, '/stop')
  expect(lastIn(chatId)).toBe('No answer is being written.')
})

test.concurrent('parts a long answer into messages that Telegram takes', async () => {
  const { chatId } = await linkedChat()
  await say(chatId, '[scenario:long characters=9000]')
  const shown = botApi.shownIn(chatId).slice(1)
  expect(shown.length).toBeGreaterThanOrEqual(3)
  expect(botApi.calls.filter(({ status, payload }) => status === 400 && payload.chat_id === chatId)).toEqual(
    [],
  )
})

test.concurrent('does commands', async () => {
  const { chatId, userId } = await linkedChat()
  await say(chatId, '/stats')
  expect(lastIn(chatId)).toMatch(/no conversation yet/)
  await say(chatId, '/persona')
  expect(lastIn(chatId)).toMatch(/\(chosen\)[\s\S]*Choose one, as \/persona/)
  await say(chatId, '/persona tutor')
  await say(chatId, '/intensity high')
  await say(chatId, '/intensity loud')
  expect(lastIn(chatId)).toMatch(/“loud” names none of these/)
  await say(chatId, '/model scripted-main')
  await say(chatId, 'commanded [scenario:plain]')
  const conversations = () => db().conversation.findMany({ where: { userId }, orderBy: { id: 'asc' } })
  expect(await conversations()).toMatchObject([
    { persona: 'tutor', intensity: 'high', model: 'openai:scripted-main' },
  ])
  await say(chatId, '/stats')
  expect(lastIn(chatId)).toMatch(/Messages: 2\n[\s\S]*Cost:/)
  await say(chatId, '/clear')
  expect(lastIn(chatId)).toMatch(/Earlier messages are not sent/)
  await say(chatId, 'after [scenario:plain]')
  expect(JSON.stringify(callsWith('after [')[0]?.body.messages)).not.toContain('commanded')
  await say(chatId, '/new')
  await say(chatId, 'anew [scenario:plain]')
  expect(await conversations()).toHaveLength(2)
  await say(chatId, '/dance')
  expect(lastIn(chatId)).toMatch(/There is no command \/dance/)
})

test.concurrent('stops an answer', async () => {
  const { chatId } = await linkedChat()
  const update = write(chatId, '[scenario:gated before=5 gate=never]')
  await takeUpdate(telegram, update)
  await expect.poll(() => botApi.shownIn(chatId).length).toBe(2)
  await say(chatId, '/stop')
  await telegram.answering.get(BigInt(update.update_id))
  expect(botApi.shownIn(chatId)[1]).toMatch(/\n\nStopped\.$/)
})

test.concurrent('answers one message after the other, and none before what was done ahead of it', async () => {
  const { code } = await offerLink(await createPerson())
  const chatId = newChat()
  const both = [
    write(chatId, 'one [scenario:slow tokens=10 delay=20]'),
    write(chatId, 'two [scenario:plain]'),
  ]
  await Promise.all([write(chatId, code), ...both].map(take))
  expect(botApi.shownIn(chatId)).toHaveLength(3)
  expect(botApi.shownIn(chatId).join()).not.toMatch(/is being written/)
})

test.concurrent('keeps to the limit and the budget of the person, in their words', async () => {
  const { chatId, userId } = await linkedChat()
  for (let turn = 0; turn < 5; turn++) await say(chatId, `limited-${turn} [scenario:plain]`)
  expect(lastIn(chatId)).toMatch(/You have sent 4 messages within a minute/)
  expect(callsWith('limited-4')).toEqual([])

  const poor = await linkedChat()
  await db().user.update({ where: { id: poor.userId }, data: { monthlyBudget: 0 } })
  await say(poor.chatId, 'poor [scenario:plain]')
  expect(callsWith('poor')).toEqual([])
  expect(lastIn(poor.chatId)).toMatch(/budget|month/i)

  await db().user.update({ where: { id: userId }, data: { disabledAt: new Date() } })
  await say(chatId, 'disabled [scenario:plain]')
  expect(lastIn(chatId)).toMatch(/choose “Link a chat”/)
})

test.concurrent('says why an answer failed', async () => {
  const { chatId } = await linkedChat()
  await say(chatId, '[scenario:status code=401]')
  expect(lastIn(chatId)).toMatch(/The provider refused the key\./)
})

test.concurrent('hears in a group only what is said to it, and replies to whoever said it', async () => {
  const { code } = await offerLink(await createPerson())
  const chat = { id: -newChat(), type: 'supergroup' as const, title: 'Porch' }
  await say(chat.id, `/start@${BOT.username} ${code}`, { chat })
  expect(lastIn(chat.id)).toMatch(/What is asked here counts as yours/)
  await say(chat.id, 'between-us [scenario:plain]', { chat })
  expect(callsWith('between-us')).toEqual([])
  const entities = [{ type: 'mention' as const, offset: 0, length: BOT.username.length + 1 }]
  await say(chat.id, `@${BOT.username} to-you [scenario:plain]`, { chat, entities })
  expect(callsWith('to-you').length).toBeGreaterThanOrEqual(1)
  expect(callsWith(BOT.username)).toEqual([])
  expect(botApi.callsOf('sendMessage', chat.id).at(-1)?.payload).toMatchObject({ reply_parameters: {} })
})
