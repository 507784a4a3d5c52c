import { readFile } from 'node:fs/promises'
import { MAX_INSTRUCTION_LENGTH } from '#lib/chat/limits.ts'
import { ApiClient, errorOf } from '../support/api-client.ts'
import { composer, questions, uniqueWord } from '../support/conversation-page.ts'
import { expectAccessible } from '../support/expect-accessible.ts'
import { fillSignIn } from '../support/person.ts'
import { expect, test } from '../support/test.ts'

const saved = { hasText: 'Saved.' }

test('what is set is kept, and takes effect in the next conversation', async ({ person: { page } }) => {
  await page.getByRole('button', { name: /account/i }).click()
  await page.getByRole('menuitem', { name: 'Settings' }).click()
  await expect(page).toHaveURL('/settings')

  await page.getByLabel('Name', { exact: true }).fill('  Zeno of Citium ')
  await page.getByRole('button', { name: 'Save name' }).click()
  await expect(page.getByRole('region', { name: 'Profile' }).getByRole('status').filter(saved)).toBeVisible()

  const conversations = page.getByRole('region', { name: 'New conversations' })
  await conversations.getByRole('radio').last().check({ force: true })
  await expect(conversations.getByRole('status').filter(saved)).toBeVisible()
  const persona = await conversations.getByRole('radio', { checked: true }).getAttribute('value')

  await page.getByRole('radio', { name: 'Compact' }).check({ force: true })
  await expect(
    page.getByRole('region', { name: 'Appearance' }).getByRole('status').filter(saved),
  ).toBeVisible()
  await page.getByRole('radio', { name: 'Begins a new line' }).check({ force: true })
  await expect(page.getByRole('region', { name: 'Keys' }).getByRole('status').filter(saved)).toBeVisible()
  await expectAccessible(page)

  // Back to the page as it was before: it must not be shown as it was drawn then.
  await page.goBack()
  await expect(page.getByRole('button', { name: 'Zeno of Citium' })).toBeVisible()
  await expect(page.getByRole('radio', { checked: true })).toHaveValue(persona ?? '')
  await composer(page).fill('One line')
  await composer(page).press('Enter')
  await composer(page).pressSequentially('and another')
  await composer(page).press('Control+Enter')
  await expect(questions(page)).toHaveText('One line\nand another')
  await expect(page.getByRole('article').last()).toContainText('You wrote')

  await page.reload()
  await expect(page.locator('html')).toHaveAttribute('data-density', 'compact')
})

test('instructions are saved and told to the model; what was typed outlives a failure and the page', async ({
  account: { page, context, api },
  provider,
  problems,
}) => {
  problems.allow(/Failed to load resource|net::ERR/)
  await page.goto('/settings')
  const about = page.getByLabel('About you')
  const section = page.getByRole('region', { name: 'Instructions' })
  const save = page.getByRole('button', { name: 'Save instructions' })
  await about.fill('I teach at the painted porch.')
  await expect(section).toContainText('Not saved yet.')
  await expect(section).toContainText('29 of 4,000 characters')

  await context.route('**/api/account', (route) => route.abort())
  await save.click()
  await expect(section.getByRole('alert')).toContainText('Not saved')
  await page.reload()
  await expect(about).toHaveValue('I teach at the painted porch.')
  await context.unroute('**/api/account')
  await save.click()
  await expect(section.getByRole('status').filter(saved)).toBeVisible()

  const word = uniqueWord()
  await api.createConversation(word)
  const [request] = await provider.requests({ contains: word, kind: 'answer' })
  expect(JSON.stringify(request?.body.messages[0])).toContain('I teach at the painted porch.')

  await about.fill('x'.repeat(MAX_INSTRUCTION_LENGTH + 3))
  await save.click()
  await expect(section).toContainText('3 characters more than the 4,000 that fit.')
  await expect(about).toBeFocused()
  await page.getByRole('button', { name: 'Discard changes' }).click()
  await page.reload()
  await expect(about).toHaveValue('I teach at the painted porch.')
  await expect(page.getByRole('button', { name: 'Discard changes' })).toBeHidden()
})

test('everything can be downloaded, and then be deleted with the account', async ({ person, problems }) => {
  problems.allow(/status of 4\d\d/)
  const { page, api, email, password } = person
  const { conversationId } = await api.createConversation('What is kept?')
  await page.goto('/account')
  await expect(page, 'the old address leads here').toHaveURL('/settings')
  const downloading = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Download everything' }).click()
  const download = await downloading
  expect(download.suggestedFilename()).toMatch(/^stoa-\d{4}-\d\d-\d\d\.json$/)
  const { account, conversations } = JSON.parse(await readFile(await download.path(), 'utf8'))
  expect(account).toMatchObject({ email, hasPassword: true })
  expect(conversations).toMatchObject([{ id: conversationId, messages: [{}, {}] }])

  await page.evaluate(() => localStorage.setItem('stoa-draft:somebody-else:c1', '{}'))
  await page.getByRole('button', { name: 'Delete account' }).click()
  const dialog = page.getByRole('dialog')
  const confirm = dialog.getByRole('button', { name: 'Delete everything' })
  await expectAccessible(page)
  await dialog.getByLabel('Your email').fill('somebody@example.test')
  await dialog.getByLabel('Your password', { exact: true }).fill(password)
  await confirm.click()
  await expect(dialog).toContainText('This is not the email of your account.')
  await dialog.getByLabel('Your email').fill(email)
  await dialog.getByLabel('Your password', { exact: true }).fill('not the password')
  await confirm.click()
  await expect(dialog).toContainText('This is not your current password.')
  await expect(dialog.getByLabel('Your password', { exact: true })).toBeFocused()
  await dialog.getByLabel('Your password', { exact: true }).fill(password)
  await confirm.click()

  await expect(page).toHaveURL('/login?notice=deleted')
  await expect(page.getByText('Your account and everything in it is deleted.')).toBeVisible()
  expect(await page.evaluate(() => Object.keys(localStorage))).toEqual(['stoa-draft:somebody-else:c1'])
  expect((await api.call('GET', '/api/conversations')).status).toBe(401)
  await fillSignIn(page, person)
  await expect(page.getByRole('alert').filter({ hasText: /\S/ })).toBeVisible()
})

const calls = [
  ['PATCH', '/api/account', { json: { name: 'Mallory' } }],
  ['GET', '/api/account/export', {}],
  ['DELETE', '/api/account', { json: { email: 'somebody@example.test', password: 'a guess' } }],
] as const

test('nobody signed out and no foreign page changes, reads or deletes an account', async ({
  account,
  origin,
}) => {
  const anonymous = new ApiClient(origin)
  for (const [method, path, options] of calls) {
    const name = `${method} ${path}`
    expect.soft((await anonymous.call(method, path, options)).status, name).toBe(401)
    const headers = { origin: 'https://foreign.invalid' }
    expect.soft((await account.api.call(method, path, { ...options, headers })).status, name).toBe(403)
  }
})

test('what has the wrong shape changes nothing', async ({ account: { api, email, password } }) => {
  for (const json of [
    {},
    [],
    { name: 7 },
    { name: ' ' },
    { role: 'administrator' },
    { preferences: { x: 1 } },
  ]) {
    const response = await api.call('PATCH', '/api/account', { json })
    expect([response.status, (await errorOf(response)).code], JSON.stringify(json)).toEqual([
      400,
      'invalid_request',
    ])
  }
  for (const json of [{}, [], { email: 7 }, { email, password, force: true }, { email: '', password }]) {
    const response = await api.call('DELETE', '/api/account', { json })
    expect([response.status, (await errorOf(response)).code], JSON.stringify(json)).toEqual([
      400,
      'invalid_request',
    ])
  }
  const long = { aboutYou: 'x'.repeat(MAX_INSTRUCTION_LENGTH + 1) }
  expect(await errorOf(await api.call('PATCH', '/api/account', { json: long }))).toMatchObject({
    field: 'aboutYou',
  })
  expect(
    (await api.call('PATCH', '/api/account', { body: 'name=x', headers: { 'content-type': 'text/plain' } }))
      .status,
  ).toBe(415)
  expect((await api.call('GET', '/api/account/export')).status).toBe(200)
})

test('a token is made, shown once, works, and is revoked', async ({ account: { page }, origin }) => {
  await page.goto('/settings')
  const tokens = page.getByRole('region', { name: 'API tokens' })
  await tokens.getByRole('button', { name: 'Make a token' }).click()
  await tokens.getByRole('button', { name: 'Make the token' }).click()
  await expect(tokens.getByText('Say what the token is for')).toBeVisible()
  await tokens.getByLabel('Name', { exact: true }).fill('Laptop')
  await tokens.getByRole('button', { name: 'Make the token' }).click()
  const shown = tokens.getByRole('status').getByText(/^stoa_/)
  await expect(shown).toBeVisible()
  await expectAccessible(page)
  const token = await shown.textContent()
  const ask = () => fetch(`${origin}/api/v1/models`, { headers: { authorization: `Bearer ${token}` } })
  expect((await ask()).status).toBe(200)
  await page.reload()
  await expect(tokens.getByText('Laptop')).toBeVisible()
  await expect(tokens.getByText(/^stoa_/)).toHaveCount(0)
  await expect(tokens.getByText(/Reads and writes until .* last used on/)).toBeVisible()
  await tokens.getByRole('button', { name: 'Revoke Laptop…' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke' }).click()
  // What lies under a dialog is not there for who asks by roles.
  await expect(page.getByRole('alertdialog')).toHaveCount(0)
  await expect(tokens.getByText('Laptop')).toHaveCount(0)
  expect((await ask()).status).toBe(401)
})

test('beside the settings is what there is of them, and where one is', async ({ account: { page } }) => {
  await page.goto('/settings')
  const links = page.getByRole('navigation', { name: 'Sections' })
  await expect(links.getByRole('link').first()).toHaveText('Profile')
  await expect(links.locator('[aria-current]')).toHaveText('Profile')
  await links.getByRole('link', { name: 'Keys' }).focus()
  await page.keyboard.press('Enter')
  await expect(links.locator('[aria-current]')).toHaveText('Keys')
  await expect(page.getByRole('region', { name: 'Keys' })).toBeInViewport()
  await page.keyboard.press('End')
  await expect(links.locator('[aria-current]')).toHaveText('Delete account')
  await expectAccessible(page)
  await page.setViewportSize({ width: 390, height: 844 })
  await expect(links).toBeHidden()
})
