import { v7 as uuid } from 'uuid'
import { messageText } from '../provider/chat-wire.ts'
import { ApiClient, errorOf, readTurn } from '../support/api-client.ts'
import { conversationIdOf, converse, uniqueWord } from '../support/conversation-page.ts'
import { expect, test } from '../support/test.ts'

const LINE = 'The context starts afresh here'

test('a context that starts afresh is said in the conversation, in every tab, and undone', async ({
  person: { page, api, context },
  provider,
}) => {
  const [before, after, undone] = [uniqueWord(), uniqueWord(), uniqueWord()]
  await converse(page, before)
  const conversationId = conversationIdOf(page)
  const path = `/api/conversations/${conversationId}/clear`
  const messageId = (await api.conversation(conversationId)).messages.at(-1)?.id
  expect((await api.call('POST', path, { json: { messageId } })).status).toBe(200)
  await expect(page.getByText(LINE)).toBeVisible()
  await expect(page.getByRole('article').first()).toContainText(before)

  const sent = async (word: string) => {
    const [call] = await provider.requests({ contains: word, kind: 'answer' })
    return (call?.body.messages ?? []).map(messageText).join('\n')
  }
  await converse(page, after)
  expect(await sent(after)).not.toContain(before)

  const other = await context.newPage()
  await other.goto(page.url())
  await expect(other.getByText(LINE)).toBeVisible()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByText(LINE)).toHaveCount(0)
  await expect(page.getByRole('textbox', { name: 'Message' })).toBeFocused()
  await expect(other.getByText(LINE)).toHaveCount(0)
  await converse(page, undone)
  expect(await sent(undone)).toContain(before)
})

test('nobody signed in, nobody else and no foreign page starts a context afresh; what is no id is refused', async ({
  account,
  createOther,
  origin,
}) => {
  const { conversationId } = await account.api.createConversation(
    `${uniqueWord()} [scenario:slow tokens=3 delay=0]`,
  )
  const messageId = (await account.api.conversation(conversationId)).messages.at(-1)?.id
  const path = `/api/conversations/${conversationId}/clear`
  const json = { messageId }
  const other = await createOther()
  const headers = { origin: 'https://foreign.invalid' }
  for (const method of ['POST', 'DELETE']) {
    expect((await new ApiClient(origin).call(method, path, { json })).status, method).toBe(401)
    expect((await other.api.call(method, path, { json })).status, method).toBe(404)
    expect((await account.api.call(method, path, { json, headers })).status, method).toBe(403)
    expect((await account.api.call(method, path, { json: { messageId: uuid() } })).status, method).toBe(404)
    expect((await account.api.call(method, '/api/conversations/x/clear', { json })).status, method).toBe(404)
    for (const wrong of [{}, { messageId: 'x' }, { messageId, more: 1 }, []]) {
      const refused = await account.api.call(method, path, { json: wrong })
      expect([refused.status, (await errorOf(refused)).code], method).toEqual([400, 'invalid_request'])
    }
  }
  const running = await account.api.send('[scenario:gated gate=clear]', {
    conversationId,
    parentId: messageId ?? null,
  })
  expect((await account.api.call('POST', path, { json })).status).toBe(409)
  await account.api.call('POST', `/api/chat/${conversationId}/stop`, { json: {} })
  await readTurn(running.response)
  const gone = await account.api.call('POST', path, { json })
  expect([gone.status, (await errorOf(gone)).message]).toEqual([400, expect.stringContaining('has gone on')])
})
