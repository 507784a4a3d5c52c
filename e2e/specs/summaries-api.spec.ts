import { v7 as uuid } from 'uuid'
import { ApiClient, errorOf } from '../support/api-client.ts'
import { expect, test } from '../support/test.ts'

/** Every call about a conversation's summary. */
function summaryCalls(conversationId: string, version = '1') {
  const path = `/api/conversations/${conversationId}/summaries`
  return [
    ['GET', path, {}],
    ['POST', path, { json: { text: 'What was said before.', version: 1 } }],
    ['POST', `${path}/remake`, { json: {} }],
    ['POST', `${path}/${version}/restore`, { json: {} }],
  ] as const
}

test('nobody signed in, nobody else and no foreign page reads or changes a summary', async ({
  account,
  createOther,
  origin,
}) => {
  const { conversationId } = await account.api.createConversation('Hello')
  const other = await createOther()
  const anonymous = new ApiClient(origin)
  for (const [method, path, options] of summaryCalls(conversationId)) {
    const name = `${method} ${path}`
    expect.soft((await anonymous.call(method, path, options)).status, name).toBe(401)
    expect.soft((await other.api.call(method, path, options)).status, name).toBe(404)
    if (method === 'GET') continue
    expect.soft((await account.api.call(method, path, options)).status, name).toBe(404)
    const headers = { origin: 'https://foreign.invalid' }
    expect.soft((await account.api.call(method, path, { ...options, headers })).status, name).toBe(403)
  }
})

test('what is no id or no version is not found; what has the wrong shape is refused', async ({ account }) => {
  const { conversationId } = await account.api.createConversation('Hello')
  const path = `/api/conversations/${conversationId}/summaries`
  const read = await account.api.call('GET', path)
  expect(await read.json()).toEqual({ versions: [], nextBefore: null })
  for (const id of ['x', '%00', uuid()]) {
    for (const [method, address, options] of summaryCalls(encodeURIComponent(id))) {
      expect((await account.api.call(method, address, options)).status, `${method} ${address}`).toBe(404)
    }
  }
  for (const version of ['x', '0', '-1', '99999999999']) {
    expect((await account.api.call('POST', `${path}/${version}/restore`, { json: {} })).status).toBe(404)
  }
  for (const json of [
    {},
    { text: 'What was said.' },
    { text: 7, version: 1 },
    { text: 'a', version: 0 },
    [],
  ]) {
    const response = await account.api.call('POST', path, { json })
    expect([response.status, (await errorOf(response)).code]).toEqual([400, 'invalid_request'])
  }
  expect((await account.api.call('GET', `${path}?before=x`)).status).toBe(400)
})
