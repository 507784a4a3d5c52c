import { v7 as uuid } from 'uuid'
import { ApiClient, errorOf } from '../support/api-client.ts'
import { answers, conversationIdOf, converse, uniqueWord } from '../support/conversation-page.ts'
import { expectAccessible } from '../support/expect-accessible.ts'
import { expect, test } from '../support/test.ts'

test('a model is chosen for a conversation, stays with it, and begins the next one', async ({
  person: { page },
  provider,
}) => {
  const [first, second, third] = [uniqueWord(), uniqueWord(), uniqueWord()]
  const field = page.getByRole('combobox', { name: 'Model', exact: true })
  await converse(page, first)
  await field.focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('option')).toHaveCount(11)
  await expect(page.getByRole('option').first()).toContainText('The usual one')
  await expectAccessible(page)
  await page.keyboard.type('OTHER')
  await expect(page.getByRole('option')).toHaveText(['scripted-other'])
  await page.keyboard.press('Enter')
  await expect(field).toBeFocused()
  await expect(field).toHaveText('scripted-other')
  await converse(page, second)
  await page.reload()
  await expect(field).toHaveText('scripted-other')

  await page.goto('/')
  await expect(field).toHaveText('scripted-other')
  await expect(page.getByText('Answers come from scripted-other.')).toBeVisible()
  await converse(page, third)
  const asked = async (word: string) =>
    (await provider.requests({ contains: word, kind: 'answer' }))[0]?.body.model
  expect([await asked(first), await asked(second), await asked(third)]).toEqual([
    ...['scripted-main', 'scripted-other', 'scripted-other'],
  ])
})

test('a model that is not offered any more is said to be gone, and the usual one answers', async ({
  person: { page },
}) => {
  await converse(page, uniqueWord())
  // What the server would tell of a conversation whose model it offered once.
  await page.route(`**/api/conversations/${conversationIdOf(page)}*`, async (route) => {
    const response = await route.fetch()
    const read = await response.json()
    await route.fulfill({ json: { ...read, conversation: { ...read.conversation, model: 'openai:gone' } } })
  })
  await page.getByRole('button', { name: 'New conversation' }).click()
  // It is read again when it is shown again: it has to be gone first.
  await expect(answers(page)).toHaveCount(0)
  await page.goBack()
  await expect(page.getByText('gone is not offered here any more. scripted-main answers')).toBeVisible()
  await expect(page.getByRole('combobox', { name: 'Model', exact: true })).toHaveText('scripted-main')
  await page.unrouteAll({ behavior: 'wait' })
})

test('nobody signed in and nobody else chooses, and only what is offered is taken', async ({
  account,
  createOther,
  origin,
}) => {
  const { conversationId } = await account.api.createConversation(uniqueWord())
  const path = `/api/conversations/${conversationId}`
  const json = { model: 'openai:scripted-other' }
  const anonymous = new ApiClient(origin)
  const other = await createOther()
  const headers = { origin: 'https://foreign.invalid' }
  expect((await anonymous.call('PATCH', path, { json })).status).toBe(401)
  expect((await account.api.call('PATCH', path, { json, headers })).status).toBe(403)
  for (const model of [7, 'x', 'a'.repeat(300), {}]) {
    const refused = await account.api.call('PATCH', path, { json: { model } })
    expect([refused.status, (await errorOf(refused)).code]).toEqual([400, 'invalid_request'])
  }
  for (const model of ['openai:another', 'openai:text-embedding-scripted']) {
    const refused = await account.api.call('PATCH', path, { json: { model } })
    expect([refused.status, (await errorOf(refused)).code]).toEqual([400, 'unknown_model'])
  }
  expect((await other.api.call('PATCH', path, { json })).status).toBe(404)
  expect((await account.api.call('PATCH', `/api/conversations/${uuid()}`, { json })).status).toBe(404)
  expect((await account.api.conversation(conversationId)).conversation.model).toBeNull()
  expect(await (await account.api.call('PATCH', path, { json })).json()).toMatchObject({ conversation: json })
})
