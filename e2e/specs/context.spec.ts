import { v7 as uuid } from 'uuid'
import { ApiClient, errorOf } from '../support/api-client.ts'
import { uniqueWord } from '../support/conversation-page.ts'
import { expect, test } from '../support/test.ts'

test('what a context holds is told to its owner alone, and by what is understood', async ({
  account,
  createOther,
  origin,
}) => {
  const { conversationId } = await account.api.createConversation(
    `${uniqueWord()} [scenario:slow tokens=3 delay=0]`,
  )
  const path = `/api/conversations/${conversationId}/context`
  const read = async (query = '', of = path) => account.api.call('GET', `${of}${query}`)

  const gauge = await (await read()).json()
  expect(gauge).toMatchObject({ model: { model: 'scripted-main' }, tokens: { summary: 0 } })
  expect(await (await read('?model=openai:scripted-utility&intensity=high')).json()).toMatchObject({
    model: { model: 'scripted-utility' },
  })
  const begun = await (await read('?persona=tutor&model=&intensity=', '/api/context')).json()
  expect(begun.tokens.messages).toBeLessThan(gauge.tokens.messages)

  const other = await createOther()
  for (const each of [path, '/api/context']) {
    expect((await new ApiClient(origin).call('GET', each)).status, each).toBe(401)
    for (const wrong of ['?persona=', '?intensity=loud', '?model=x', '?more=1', '?model=openai:none']) {
      const refused = await read(wrong, each)
      expect(refused.status, wrong).toBe(400)
      expect((await errorOf(refused)).code).toMatch(/^(invalid_request|unknown_model)$/)
    }
  }
  expect((await other.api.call('GET', path)).status).toBe(404)
  for (const id of [uuid(), 'x', '%00']) {
    expect((await read('', `/api/conversations/${id}/context`)).status, id).toBe(404)
  }
})
