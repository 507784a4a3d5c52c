import { v7 as uuid } from 'uuid'
import { numberedAnswer } from '../provider/answers.ts'
import { ApiClient, errorOf, readTurn, textOf } from '../support/api-client.ts'
import { uniqueWord } from '../support/conversation-page.ts'
import type { Person } from '../support/person.ts'
import { expect, test } from '../support/test.ts'

/** Every call that changes or reads the tree, on these messages. */
function treeCalls(conversationId: string, messageId: string) {
  const message = `/api/conversations/${conversationId}/messages/${messageId}`
  return [
    ['PUT', `/api/conversations/${conversationId}/branch`, { json: { messageId } }],
    ['GET', message, {}],
    ['DELETE', message, {}],
    ['POST', `${message}/restore`, { json: {} }],
    ['POST', '/api/chat', { json: { conversationId, answerId: messageId, generationId: uuid() } }],
  ] as const
}

async function turn({ api }: Person, text: string) {
  const { conversationId } = await api.createConversation(text)
  const [question, answer] = (await api.conversation(conversationId)).messages
  if (!question || !answer) throw new Error('a turn has two messages')
  return { conversationId, question, answer }
}

test('nobody signed in, nobody else and no foreign page touches the tree', async ({
  account,
  createOther,
  origin,
}) => {
  const { conversationId, answer } = await turn(account, `${uniqueWord()} [scenario:length tokens=5]`)
  const other = await createOther()
  const anonymous = new ApiClient(origin)
  for (const [method, path, options] of treeCalls(conversationId, answer.id)) {
    const name = `${method} ${path}`
    expect.soft((await anonymous.call(method, path, options)).status, name).toBe(401)
    expect.soft((await other.api.call(method, path, options)).status, name).toBe(404)
    if (method === 'GET') continue
    const headers = { origin: 'https://foreign.invalid' }
    expect.soft((await account.api.call(method, path, { ...options, headers })).status, name).toBe(403)
  }
  const { messages } = await account.api.conversation(conversationId)
  expect(messages.map(({ text }) => text).at(1)).toBe(numberedAnswer(5))
})

test('what is no id, or not there, is not found; what has the wrong shape is refused', async ({
  account,
}) => {
  const { conversationId, question } = await turn(account, 'Hello')
  for (const id of ['x', '%00', "' or 1=1", uuid()]) {
    for (const [method, path, options] of treeCalls(conversationId, encodeURIComponent(id))) {
      expect([400, 404], `${method} ${path}`).toContain(
        (await account.api.call(method, path, options)).status,
      )
    }
    for (const [method, path, options] of treeCalls(encodeURIComponent(id), question.id)) {
      expect([400, 404], `${method} ${path}`).toContain(
        (await account.api.call(method, path, options)).status,
      )
    }
  }
  for (const json of [{}, { messageId: 7 }, { messageId: question.id, more: 1 }, []]) {
    const response = await account.api.call('PUT', `/api/conversations/${conversationId}/branch`, { json })
    expect([response.status, (await errorOf(response)).code]).toEqual([400, 'invalid_request'])
  }
})

test('an answer that broke off is continued in its place, once however often it is asked', async ({
  account,
  provider,
}) => {
  const word = uniqueWord()
  const { conversationId, answer } = await turn(account, `${word} [scenario:length tokens=5]`)
  const json = { conversationId, answerId: answer.id, generationId: uuid() }
  const responses = await Promise.all([1, 2, 3].map(() => account.api.call('POST', '/api/chat', { json })))
  for (const response of responses) expect(textOf(await readTurn(response))).toBe(numberedAnswer(10))

  const { messages } = await account.api.conversation(conversationId)
  expect(messages).toMatchObject([
    {},
    { id: answer.id, text: numberedAnswer(10), generation: { id: json.generationId, status: 'complete' } },
  ])
  const continuations = await provider.requests({ contains: numberedAnswer(5), kind: 'answer' })
  expect(continuations.filter(({ body }) => JSON.stringify(body).includes(word))).toHaveLength(1)

  const whole = await account.api.call('POST', '/api/chat', { json: { ...json, generationId: uuid() } })
  expect([whole.status, (await errorOf(whole)).code]).toEqual([409, 'not_continuable'])
})

test('a model that is not on offer is refused, and one that is answers', async ({ account }) => {
  const { conversationId, question } = await turn(account, 'Hello')
  const again = (model: string) =>
    account.api.call('POST', '/api/chat', {
      json: { conversationId, parentId: question.id, answerId: uuid(), model },
    })
  const refused = await again('openai:another')
  expect([refused.status, await errorOf(refused)]).toMatchObject([
    400,
    { code: 'unknown_model', field: 'model' },
  ])
  await readTurn(await again('openai:scripted-utility'))
  const { messages } = await account.api.conversation(conversationId)
  expect(messages.at(-1)).toMatchObject({ generation: { model: 'scripted-utility', fallbackFrom: null } })
  expect(messages.at(-1)?.siblingIds).toHaveLength(2)
})

test('a deleted branch is counted, gone, and back', async ({ account }) => {
  const { conversationId, question, answer } = await turn(account, 'Hello')
  const path = `/api/conversations/${conversationId}/messages/${question.id}`
  expect(await (await account.api.call('GET', path)).json()).toEqual({ messageCount: 2 })
  expect(await (await account.api.call('DELETE', path)).json()).toMatchObject({ messages: [] })
  expect((await account.api.call('GET', path)).status).toBe(404)
  const restored = await account.api.call('POST', `${path}/restore`, { json: {} })
  expect(await restored.json()).toMatchObject({ messages: [{ id: question.id }, { id: answer.id }] })
})
