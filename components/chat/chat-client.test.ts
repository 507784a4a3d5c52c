import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { readPreferences } from '#lib/chat/preferences.ts'
import { RequestError } from './chat-api.ts'
import { ChatClient } from './chat-client.ts'
import { chatApi } from './http-chat-api.ts'
import { settle, storageOf } from './testing/conversation-set-up.ts'
import { answer, question, ScriptedStream, started, stored } from './testing/scripted-api.ts'

beforeEach(() => {
  vi.stubGlobal('window', new EventTarget())
  vi.stubGlobal('localStorage', storageOf(new Map()))
})

afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

function chatClient(): ChatClient {
  return new ChatClient({
    ...{
      userId: 'u1',
      personas: [],
      defaultPersona: 'stoic',
      preferences: readPreferences({}),
      knowsAllModels: true,
      isAdministrator: false,
      isFirstLook: false,
    },
    models: [{ provider: 'openai', model: 'scripted', isAiModel: true }],
    firstPage: { conversations: [], nextCursor: null },
    pinnedPage: { conversations: [], nextCursor: null },
    folders: [],
  })
}

const turnOf = (id: string) => {
  const { conversation, ...rest } = stored(question('q1'), answer('a1', 'q1'))
  return { conversation: { ...conversation, id }, ...rest }
}

it('sends what waits in a conversation that is not shown once the session is back in another', async () => {
  const client = chatClient()
  const send = vi.spyOn(chatApi, 'send').mockRejectedValue(new RequestError('signed_out', 'Sign in.'))
  vi.spyOn(chatApi, 'read').mockImplementation(async (id) => turnOf(id))
  const [hidden, shown] = ['c1', 'c2'].map((id) => client.conversations.open(id, turnOf(id)))
  if (!hidden || !shown) throw new Error('There are two.')
  hidden.open(true)
  hidden.send('Waits')
  await settle()
  hidden.close()
  expect(hidden.state.get().phase).toBe('waiting')

  send.mockReset()
  send.mockImplementation(async (request) => {
    const id = 'message' in request ? request.message.id : ''
    return new ScriptedStream().push(started(`answer-${id}`, id, request.conversationId))
  })
  shown.open(true)
  shown.send('Signed in again')
  await settle()
  await settle()
  expect(send.mock.calls.map(([request]) => request.conversationId)).toEqual(['c2', 'c1'])
})

it('says the same thing twice so that it is heard twice', () => {
  const client = chatClient()
  client.announce('Version 2 of 3.')
  const before = client.announcement.get()
  client.announce('Version 2 of 3.')
  expect(client.announcement.get()).not.toBe(before)
  expect(client.announcement.get().trim()).toBe('Version 2 of 3.')
})

it('counts a wait that came with the page by the clock of the page', () => {
  const end = { status: 'failed', errorCode: 'rate_limited', retryAt: '2020-01-01T00:00:00.000Z' } as const
  const seed = stored(question('q1'), answer('a1', 'q1', { ...end, retryInSeconds: 60 }))
  const last = chatClient().conversations.open('c1', seed).transcript.last()
  const retryAt = last?.role === 'assistant' ? last.generation.retryAt : null
  expect(Date.parse(retryAt ?? '') - Date.now()).toBeGreaterThan(50_000)
})

it('knows the model that was chosen last, for whatever begins next', async () => {
  const client = chatClient()
  vi.spyOn(chatApi, 'preferModel').mockResolvedValue()
  await client.conversations.openNew().choose({ model: 'openai:big' })
  expect(client.conversations.preferredModel).toBe('openai:big')
})
