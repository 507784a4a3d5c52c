import { readFile } from 'node:fs/promises'
import { v7 as uuid } from 'uuid'
import { commands } from '#lib/chat/commands.ts'
import { ApiClient, errorOf } from '../support/api-client.ts'
import { answers, composer, conversationIdOf, converse, uniqueWord } from '../support/conversation-page.ts'
import { expectAccessible } from '../support/expect-accessible.ts'
import { expect, test } from '../support/test.ts'

test('the list opens with a slash and is led by keyboard, with the focus in the field', async ({
  person: { page },
  provider,
}) => {
  const word = uniqueWord()
  const field = page.locator('#composer')
  const list = page.getByRole('listbox', { name: 'Commands' })
  await converse(page, word)
  await field.pressSequentially('/')
  await expect(list.getByRole('option')).toHaveCount(commands.length)
  await expectAccessible(page)
  await field.pressSequentially('per')
  await expect(list.getByRole('option')).toHaveText([/^\/persona name/])
  await page.keyboard.press('Escape')
  await expect(list).toHaveCount(0)
  await expect(field).toHaveValue('/per')

  await field.pressSequentially('s')
  await page.keyboard.press('Tab')
  await expect(field).toHaveValue('/persona ')
  await page.keyboard.press('ArrowDown')
  const active = list.getByRole('option', { selected: true })
  await expect(field).toHaveAttribute('aria-activedescendant', (await active.getAttribute('id')) ?? '')
  await expect(field).toBeFocused()
  await field.pressSequentially('tut')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('combobox', { name: 'Persona' })).toContainText('Tutor')
  await expect(page.getByText('Tutor answers from here')).toHaveCount(2)
  await expect(composer(page)).toHaveValue('')

  await field.fill('/title A better name')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'A better name' })).toBeVisible()
  await field.fill('/clear')
  await page.keyboard.press('Enter')
  await expect(page.getByText('The context starts afresh here', { exact: true })).toBeVisible()
  expect(await provider.requests({ contains: word, kind: 'answer' })).toHaveLength(1)
  for (const contains of ['/persona', '/title', '/clear'])
    expect(await provider.requests({ contains })).toEqual([])
})

test('what is no command is explained and kept, and two slashes send one', async ({
  person: { page },
  provider,
}) => {
  const word = uniqueWord()
  const path = `/etc/passwd is ${word}`
  await composer(page).fill(path)
  await page.keyboard.press('Enter')
  await expect(page.getByText(`There is no command /etc/passwd. To send it as a message`)).toHaveCount(2)
  await expect(composer(page)).toHaveValue(path)
  await composer(page).fill(`/${path}`)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('article', { name: 'You' })).toContainText(path)
  await expect(answers(page)).toContainText(word)
  expect((await provider.requests({ contains: word, kind: 'answer' })).map(({ message }) => message)).toEqual(
    [path],
  )
})

test('an answer is stopped and asked for again, a conversation is counted and downloaded, on a phone', async ({
  person: { page, api },
}) => {
  await page.setViewportSize({ width: 390, height: 844 })
  const field = page.locator('#composer')
  await composer(page).fill('[scenario:slow tokens=2000 delay=15]')
  await page.keyboard.press('Enter')
  await expect(answers(page)).toContainText('word5')
  await field.pressSequentially('/st')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('listbox')).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'Stop', exact: true })).toHaveAttribute(
    'aria-disabled',
    'false',
  )
  await field.pressSequentially('o')
  await page.getByRole('option', { name: '/stop' }).click()
  await expect(page.getByRole('button', { name: 'Stop', exact: true })).toHaveCount(0)
  await expect(field).toBeFocused()

  await field.fill('/stats')
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'This conversation' })
  await expect(dialog).toContainText('Messages2')
  await expect(dialog).toContainText('scripted-main')
  await expect(dialog).toContainText(/Context\d+ % full/)
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
  await expect(field).toBeFocused()
  await field.fill('/help')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog', { name: 'What can be done here' })).toContainText('/persona name')
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Close' }).click()

  const download = page.waitForEvent('download')
  await field.fill('/export markdown')
  await page.keyboard.press('Enter')
  const file = await download
  const { conversation } = await api.conversation(conversationIdOf(page))
  expect(file.suggestedFilename()).toMatch(/\.md$/)
  expect(await readFile(await file.path(), 'utf8')).toContain(`# ${conversation.title}\n`)
  await field.fill('/new')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'What are you thinking through?' })).toBeVisible()
  await expect(composer(page)).toHaveValue('')
})

test('a conversation is counted and exported for nobody else, and only as what there is', async ({
  account,
  createOther,
  origin,
}) => {
  const { conversationId } = await account.api.createConversation('What is courage? Überall')
  const other = await createOther()
  for (const kind of ['stats', 'export']) {
    const path = `/api/conversations/${conversationId}/${kind}`
    expect((await new ApiClient(origin).call('GET', path)).status, kind).toBe(401)
    expect((await other.api.call('GET', path)).status, kind).toBe(404)
    expect((await account.api.call('GET', `/api/conversations/x/${kind}`)).status, kind).toBe(404)
    expect((await account.api.call('GET', `/api/conversations/${uuid()}/${kind}`)).status, kind).toBe(404)
  }
  const path = `/api/conversations/${conversationId}/export`
  const refused = await account.api.call('GET', `${path}?format=pdf`)
  expect([refused.status, await errorOf(refused)]).toMatchObject([
    400,
    { code: 'invalid_request', field: 'format' },
  ])
  const json = await account.api.call('GET', `${path}?format=json`)
  expect(json.headers.get('content-disposition')).toMatch(
    /^attachment; filename="[\x20-\x7e]+\.json"; filename\*=UTF-8''/,
  )
  const [exported] = (await json.json()).conversations
  expect(exported.messages).toMatchObject([
    { role: 'user', text: 'What is courage? Überall' },
    { role: 'assistant', generations: [{ model: 'scripted-main' }] },
  ])
})

test('a conversation is exported from its menu', async ({ person: { page } }) => {
  const word = uniqueWord()
  await converse(page, word)
  await page.getByRole('button', { name: /^Options for (?!the list)/ }).click()
  const download = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: 'Export' }).click()
  await page.getByRole('menuitem', { name: 'As JSON' }).click()
  const file = await download
  expect(JSON.parse(await readFile(await file.path(), 'utf8'))).toMatchObject({
    conversations: [{ messages: [{ text: word }, {}] }],
  })
})
