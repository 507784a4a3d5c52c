import type { Page } from '@playwright/test'
import { v7 as uuid } from 'uuid'
import { loadPromptLibrary } from '#lib/prompts/library.ts'
import { inProject } from '#scripts/launch/project.ts'
import { messageText } from '../provider/chat-wire.ts'
import { ApiClient, readTurn } from '../support/api-client.ts'
import { answers, conversationIdOf, conversationLinks, uniqueWord } from '../support/conversation-page.ts'
import { expectAccessible } from '../support/expect-accessible.ts'
import { expect, test } from '../support/test.ts'

const question = (page: Page) => page.getByRole('textbox', { name: 'Question' })

const library = loadPromptLibrary(inProject('prompts'))

test('every persona is listed, and shown as what it is composed of', async ({ person: { page, api } }) => {
  await api.call('PATCH', '/api/account', { json: { preferences: { persona: 'tutor' } } })
  await page.getByRole('button', { name: /^Account:/ }).click()
  await page.getByRole('menuitem', { name: 'Personas' }).click()
  await expect(page.getByRole('heading', { name: 'Personas', level: 1 })).toBeVisible()
  for (const { label, description } of library.personas) {
    await expect(page.getByRole('main').getByRole('link', { name: label, exact: true })).toBeVisible()
    await expect(page.getByText(description)).toBeVisible()
  }
  await expect(page.getByRole('listitem').filter({ hasText: 'default' })).toContainText('Tutor')
  await page.getByRole('main').getByRole('link', { name: 'Stoic', exact: true }).click()
  await page.getByRole('link', { name: 'High', exact: true }).click()
  const composed = library.composePersona('stoic', 'high')
  await expect(page.getByText(composed.hash)).toBeVisible()
  expect(await page.locator('pre').textContent()).toBe(composed.text)
  for (const { path } of composed.fragments)
    await expect(page.getByRole('rowheader', { name: path })).toBeVisible()

  await page.getByRole('link', { name: 'By fragment' }).click()
  await expect(page.locator('pre')).toHaveCount(composed.fragments.length)
  expect(await page.locator('pre').allTextContents()).toEqual(composed.fragments.map(({ text }) => text))

  await page.getByRole('link', { name: 'Against medium' }).click()
  await expect(page.locator('del').first()).toContainText('# Intensity: medium')
  await expect(page.locator('ins').first()).toContainText('# Intensity: high')
  await expect(page).toHaveURL(/intensity=high&view=fragments&against=medium/)
})

test('two personas stand side by side', async ({ account: { page } }) => {
  await page.goto('/personas/compare?a=stoic&b=casual&ib=low')
  await expect(page.getByRole('row', { name: /styles\/stoic\.md .*not part of it/ })).toBeVisible()
  await expect(page.getByRole('row', { name: /core\/identity\.md \(shared\)/ })).toBeVisible()
  await page.getByRole('combobox', { name: 'Second persona' }).click()
  await page.getByRole('option', { name: 'Tutor' }).click()
  await expect(page).toHaveURL('/personas/compare?a=stoic&b=tutor')
  await expect(page.getByText('+ only in Tutor')).toBeVisible()
})

test('addresses that nobody made lead to words, and nobody signed out sees a prompt', async ({
  account: { page },
  browser,
  origin,
  problems,
}) => {
  problems.allow(/status of 404/)
  for (const path of [
    '/personas/nobody',
    '/personas/compare?a=nobody',
    '/personas/compare?b=%00',
    '/personas/try?b=nobody',
  ]) {
    expect((await page.goto(path))?.status(), path).toBe(404)
    await expect(page.getByRole('heading', { name: 'There is no such persona' })).toBeVisible()
  }
  await page.goto('/personas/stoic?intensity=extreme&intensity=low&view=<b>&against=medium')
  await expect(page.getByRole('link', { name: 'Medium, its own' })).toHaveAttribute('aria-current', 'true')

  const signedOut = await browser.newContext({ baseURL: origin })
  const visitor = await signedOut.newPage()
  for (const path of [
    '/personas',
    '/personas/stoic?intensity=high',
    '/personas/compare?a=stoic&b=tutor',
    '/personas/try?a=stoic&b=tutor',
  ]) {
    await visitor.goto(path)
    await expect(visitor).toHaveURL(`/login?callbackUrl=${encodeURIComponent(path)}`)
  }
  await signedOut.close()
})

test('one question is answered by two personas at once; the one that is continued is the only one kept', async ({
  account: { page, api },
  provider,
}) => {
  const word = uniqueWord()
  await page.goto('/personas/try?a=stoic&b=tutor&ib=high')
  await question(page).fill(word)
  await page.getByRole('button', { name: 'Ask both' }).click()
  for (const label of ['Stoic', 'Tutor'])
    await expect(answers(page, label)).toContainText(`You wrote ${word}.`)
  await expect(page.getByRole('button', { name: 'Continue with this one' })).toHaveCount(2)
  const calls = await provider.requests({ contains: word })
  expect(calls.map(({ kind }) => kind)).toEqual(['answer', 'answer'])
  const prompts = calls.map(({ body }) => (body.messages[0] ? messageText(body.messages[0]) : ''))
  expect(prompts.toSorted()).toEqual(
    [library.composePersona('stoic', null).text, library.composePersona('tutor', 'high').text].toSorted(),
  )
  await expect(conversationLinks(page)).toHaveCount(0)
  await page.reload()
  await expect(question(page)).toHaveValue(word)
  await page.getByRole('button', { name: 'Ask both' }).click()

  await answers(page, 'Tutor').getByRole('button', { name: 'Continue with this one' }).click()
  await expect(page).toHaveURL(/\/chat\//)
  await expect(answers(page, 'Tutor')).toContainText(`You wrote ${word}.`)
  await expect(conversationLinks(page)).toHaveCount(1)
  const listed = await (await api.call('GET', '/api/conversations')).json()
  expect(listed.conversations).toMatchObject([{ id: conversationIdOf(page) }])
})

test('both are stopped at once; what fails is said, and asked again', async ({
  account: { page },
  provider,
  problems,
}) => {
  problems.allow(/ERR_FAILED/)
  const gate = uniqueWord()
  await page.goto('/personas/try')
  await question(page).fill(`${gate} [scenario:gated gate=${gate}]`)
  await expect(page.getByRole('button', { name: 'Ask both' })).toBeEnabled()
  await page.keyboard.press('Enter')
  await expect(answers(page, 'Stoic')).toContainText('word5')
  await expect(answers(page, 'Casual')).toContainText('word5')
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Stop both' }).click()
  await expect(page.getByText('You stopped this answer.')).toHaveCount(2)

  const word = uniqueWord()
  await provider.arrange(word, 'status code=401')
  await question(page).fill(word)
  await page.getByRole('button', { name: 'Ask both' }).click()
  await expect(page.getByText('The provider refused the key.')).toHaveCount(2)
  await expectAccessible(page)

  await page.route('**/api/chat', (route) => route.abort())
  await question(page).fill(uniqueWord())
  await page.getByRole('button', { name: 'Ask both' }).click()
  await expect(page.getByText('The server cannot be reached. Check the connection.')).toHaveCount(2)
  await page.unroute('**/api/chat')
  await answers(page, 'Casual').getByRole('button', { name: 'Ask again' }).click()
  await expect(answers(page, 'Casual')).toContainText('You wrote')
})

test('a temporary conversation has no page, is nobody else’s, and only a new one can be temporary', async ({
  account: { api, page },
  createOther,
  origin,
  problems,
}) => {
  problems.allow(/status of 404/)
  const json = (change: object) => ({
    ...{ conversationId: uuid(), parentId: null, message: { id: uuid(), text: 'Hello' }, temporary: true },
    ...change,
  })
  const conversationId = uuid()
  const path = `/api/conversations/${conversationId}`
  const keep = { json: { temporary: false } }
  const anonymous = new ApiClient(origin)
  expect((await anonymous.call('POST', '/api/chat', { json: json({ conversationId }) })).status).toBe(401)
  await readTurn(await api.call('POST', '/api/chat', { json: json({ conversationId }) }))

  const { api: stranger } = await createOther()
  expect((await anonymous.call('PATCH', path, keep)).status).toBe(401)
  expect((await stranger.call('PATCH', path, keep)).status).toBe(404)
  for (const temporary of [true, 'false', null]) {
    expect((await api.call('PATCH', path, { json: { temporary } })).status).toBe(400)
  }
  for (const change of [{ parentId: uuid() }, { temporary: 'yes' }, { temporary: null }]) {
    const { status } = await api.call('POST', '/api/chat', { json: json(change) })
    expect([400, 404], JSON.stringify(change)).toContain(status)
  }
  expect((await page.goto(`/chat/${conversationId}`))?.status()).toBe(404)
  expect(await (await api.call('GET', '/api/conversations')).json()).toMatchObject({ conversations: [] })
  expect((await api.call('PATCH', path, keep)).status).toBe(200)
  expect((await api.call('POST', '/api/chat', { json: json({ conversationId }) })).status).toBe(400)
  expect((await page.goto(`/chat/${conversationId}`))?.status()).toBe(200)
})

test('axe finds nothing serious on the pages about personas', async ({ account: { page } }) => {
  for (const path of ['/personas', '/personas/stoic?view=fragments', '/personas/compare']) {
    await page.goto(path)
    await expectAccessible(page)
  }
})
