import { v7 as uuid } from 'uuid'
import { ApiClient } from '../support/api-client.ts'
import { expect, test } from '../support/test.ts'

test('nobody signed in and nobody else reads how an answer was made', async ({
  account,
  createOther,
  origin,
}) => {
  const { conversationId } = await account.api.createConversation('Hello')
  const [question, answer] = (await account.api.conversation(conversationId)).messages
  const pathOf = (id: string | undefined, conversation = conversationId) =>
    `/api/conversations/${conversation}/messages/${id}/making`
  const status = async (api: ApiClient, path: string) => (await api.call('GET', path)).status
  expect(await status(new ApiClient(origin), pathOf(answer?.id))).toBe(401)
  expect(await status((await createOther()).api, pathOf(answer?.id))).toBe(404)
  expect(await status(account.api, pathOf(answer?.id))).toBe(200)

  for (const id of [question?.id, uuid(), 'x', '%00']) expect(await status(account.api, pathOf(id))).toBe(404)
  expect(await status(account.api, pathOf(answer?.id, uuid()))).toBe(404)
  expect(await status(account.api, `${pathOf(answer?.id)}?generation=${uuid()}`)).toBe(404)
  for (const query of ['?generation=x', '?other=1'])
    expect(await status(account.api, pathOf(answer?.id) + query)).toBe(400)
})
