import { v7 as uuid } from 'uuid'
import { scriptedTitle } from '../provider/answers.ts'
import { readTurn } from '../support/api-client.ts'
import {
  composer,
  conversationIdOf,
  conversationLinks,
  converse,
  send,
  uniqueWord,
  waitForEnd,
} from '../support/conversation-page.ts'
import { expect, test } from '../support/test.ts'

test('the title appears in every tab without a reload', async ({ person: { page, context }, provider }) => {
  const word = uniqueWord()
  const second = await context.newPage()
  await second.goto('/')
  await expect(composer(second)).toBeVisible()
  const message = `Why bees ${word} [title:gated gate=${word}]`
  await converse(page, message)
  const title = scriptedTitle(message)
  await expect(conversationLinks(page)).toHaveCount(1)
  await expect(conversationLinks(page)).not.toHaveAccessibleName(title)
  await provider.openGate(word)
  await expect(conversationLinks(page)).toHaveAccessibleName(new RegExp(title))
  await expect(conversationLinks(second)).toHaveAccessibleName(new RegExp(title))
  await expect(page).toHaveTitle(new RegExp(title))
  const [call] = await provider.requests({ contains: word, kind: 'title' })
  expect(call?.body.model).toBe('scripted-utility')
})

test('a title is cleaned of what models put around it', async ({ person: { page } }) => {
  const message = 'Why the sky is blue [title:dressed]'
  await converse(page, message)
  await expect(conversationLinks(page)).toHaveAccessibleName(scriptedTitle(message))
})

test('a title that is there before the beginning of its answer stays', async ({ person: { page } }) => {
  const message = 'Why grass is green'
  const title = scriptedTitle(message)
  await page.route('**/api/chat', async (route) => {
    const response = await route.fetch()
    await expect(conversationLinks(page)).toHaveAccessibleName(title)
    await route.fulfill({ response })
  })
  await converse(page, message)
  await expect(conversationLinks(page)).toHaveAccessibleName(title)
  await expect(page).toHaveTitle(new RegExp(title))
})

for (const behaviour of ['empty', 'fail']) {
  test(`a title that comes back ${behaviour} twice leaves the first words`, async ({
    person: { page, api },
    provider,
  }) => {
    const word = uniqueWord()
    await converse(page, `Rivers ${word} [title:${behaviour}]`)
    const asked = async () => (await provider.requests({ contains: word, kind: 'title' })).length
    await expect.poll(asked, { timeout: 30_000 }).toBe(2)
    const { conversation } = await api.conversation(conversationIdOf(page))
    expect(conversation.titleSource).toBe('placeholder')
    await expect(conversationLinks(page)).toHaveAccessibleName(new RegExp(`^Rivers ${word}`))
  })
}

test('the running conversation is marked in the list', async ({ person: { page }, provider }) => {
  const gate = uniqueWord()
  await send(page, `${gate} [scenario:gated gate=${gate}]`)
  const row = page
    .getByRole('navigation', { name: 'Conversations' })
    .getByRole('listitem')
    .filter({ has: page.getByRole('link') })
  await expect(row.first()).toContainText(/answering|running|writing/i)
  await provider.openGate(gate)
  await waitForEnd(page)
  await expect(row.first()).not.toContainText(/answering|running|writing/i)
})

test('renaming holds, also against the generated title', async ({
  person: { page, context, api },
  provider,
}) => {
  const word = uniqueWord()
  await converse(page, `Bees ${word} [title:gated gate=${word}]`)
  const second = await context.newPage()
  await second.goto('/')
  await expect(conversationLinks(second)).toHaveCount(1)
  const navigation = page.getByRole('navigation', { name: 'Conversations' })
  await navigation
    .getByRole('button', { name: /options|menu|more/i })
    .first()
    .click()
  await page.getByRole('menuitem', { name: 'Rename' }).click()
  const field = page.getByRole('textbox', { name: /title|name/i })
  await expect(field).toBeFocused()
  await field.fill('The life of bees')
  await page.keyboard.press('Enter')
  await expect(conversationLinks(page)).toHaveAccessibleName('The life of bees')
  await expect(conversationLinks(second)).toHaveAccessibleName('The life of bees')

  await provider.openGate(word)
  await expect
    .poll(async () => (await provider.requests({ contains: word, kind: 'title' })).at(-1)?.closed?.by)
    .toBe('provider')
  await converse(page, 'And then?')
  const { conversation } = await api.conversation(conversationIdOf(page))
  expect(conversation).toMatchObject({ title: 'The life of bees', titleSource: 'person' })
  await page.reload()
  await expect(conversationLinks(page)).toHaveAccessibleName('The life of bees')
})

test('deleting removes it everywhere and leaves its page, and is undone everywhere', async ({
  person: { page, context, api },
}) => {
  await converse(page, 'Forget this')
  const id = conversationIdOf(page)
  const second = await context.newPage()
  await second.goto('/')
  await expect(conversationLinks(second)).toHaveCount(1)
  const navigation = page.getByRole('navigation', { name: 'Conversations' })
  await navigation
    .getByRole('button', { name: /options|menu|more/i })
    .first()
    .click()
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  await expect(page).toHaveURL('/')
  await expect(conversationLinks(page)).toHaveCount(0)
  await expect(conversationLinks(second)).toHaveCount(0)
  expect((await api.call('GET', `/api/conversations/${id}`)).status).toBe(404)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(conversationLinks(page)).toHaveCount(1)
  await expect(conversationLinks(second)).toHaveCount(1)
})

test("another person's conversation is exactly like a missing one", async ({
  person,
  createOther,
  problems,
}) => {
  problems.allow(/status of 404/)
  const { conversationId } = await person.api.createConversation('A secret')
  const other = await createOther()
  const missing = uuid()
  const ask = (id: string) =>
    Promise.all([
      other.api.call('GET', `/api/conversations/${id}`),
      other.api.call('PATCH', `/api/conversations/${id}`, { json: { title: 'Mine now' } }),
      other.api.call('DELETE', `/api/conversations/${id}`),
      other.api.call('GET', `/api/chat/${id}/stream`),
      other.api.call('POST', `/api/chat/${id}/stop`, { json: {} }),
    ])
  const [theirs, nobodys] = await Promise.all([ask(conversationId), ask(missing)])
  expect(theirs.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404])
  expect(nobodys.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404])
  for (const [index, response] of theirs.entries()) {
    expect(await response.text()).toBe(await nobodys[index]?.text())
  }

  const pages = await Promise.all([conversationId, missing].map((id) => other.api.call('GET', `/chat/${id}`)))
  expect(pages.map(({ status }) => status)).toEqual([404, 404])
  expect(await pages[0]?.text()).not.toContain('A secret')
  await other.page.goto(`/chat/${conversationId}`)
  await expect(other.page.getByRole('article')).toHaveCount(0)
  const { conversation } = await person.api.conversation(conversationId)
  expect(conversation.title).not.toBe('Mine now')
})

test('nobody writes into the conversation of another, or under its messages', async ({
  account,
  createOther,
  provider,
}) => {
  const { conversationId } = await account.api.createConversation('A secret')
  const { messages } = await account.api.conversation(conversationId)
  const other = await createOther()
  const word = uniqueWord()
  const parentId = messages[1]?.id ?? null
  const into = await other.api.send(word, { conversationId, parentId })
  const missing = await other.api.send(word, { conversationId: uuid(), parentId: uuid() })
  expect([into.response.status, missing.response.status]).toEqual([404, 404])
  expect(await into.response.text()).toBe(await missing.response.text())
  const fresh = await other.api.send(word, { conversationId })
  expect(fresh.response.status).toBe(404)
  const own = await other.api.send(word, { parentId })
  expect(own.response.status).toBe(404)
  expect(await provider.requests({ contains: word })).toEqual([])
  expect((await account.api.conversation(conversationId)).messages).toEqual(messages)
})

test('the list is ordered by activity and loads as one scrolls', async ({ person: { page, api } }) => {
  const ids: string[] = []
  let oldestAt = 0
  for (let number = 1; number <= 45; number += 1) {
    const { conversationId, response } = await api.send(`Number ${number}`)
    await readTurn(response)
    ids.push(conversationId)
    if (number === 5) oldestAt = Date.now()
  }
  // Every page is told what changed within the last 5 s: the oldest are not to come that way.
  await expect.poll(() => Date.now() - oldestAt).toBeGreaterThan(7_000)
  await page.goto('/')
  await expect(conversationLinks(page).first()).toHaveAttribute('href', `/chat/${ids.at(-1)}`)
  await expect(page.getByRole('heading', { name: 'Today' })).toBeVisible()
  const oldest = page.locator(`a[href="/chat/${ids[0]}"]`)
  await expect(oldest).toHaveCount(0)
  for (let scrolls = 0; scrolls < 20 && (await oldest.count()) === 0; scrolls += 1) {
    const before = await conversationLinks(page).count()
    await conversationLinks(page).last().scrollIntoViewIfNeeded()
    await expect
      .poll(async () => (await conversationLinks(page).count()) > before || (await oldest.count()) > 0)
      .toBe(true)
  }
  await expect(oldest).toHaveCount(1)
  const hrefs = await conversationLinks(page).evaluateAll((links) =>
    links.map((link) => link.getAttribute('href')),
  )
  expect(hrefs).toEqual(ids.toReversed().map((id) => `/chat/${id}`))
})
