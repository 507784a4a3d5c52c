import { ACCOUNT_ATTEMPTS } from '#lib/auth/sign-in-limits.ts'
import { ApiClient } from '../support/api-client.ts'
import { answers, composer, converse } from '../support/conversation-page.ts'
import { fillSignIn, newCredentials, register } from '../support/person.ts'
import { administratorCookie, LAN_HOST } from '../support/stack.ts'
import { expect, test } from '../support/test.ts'

test('registering leads to a new conversation, ready to write', async ({ page }) => {
  await register(page, newCredentials())
  await expect(page).toHaveURL('/')
  await expect(composer(page)).toBeFocused()
})

test('signing in leads back to where one wanted to go', async ({ person, browser, origin, problems }) => {
  const { conversationId } = await person.api.createConversation('Hello again')
  const context = await browser.newContext({ baseURL: origin })
  problems.watch(context, origin)
  const page = await context.newPage()
  await page.goto(`/chat/${conversationId}`)
  await expect(page).toHaveURL(/\/login\?/)
  await fillSignIn(page, person)
  await expect(page).toHaveURL(`/chat/${conversationId}`)
  await expect(answers(page)).toContainText('You wrote Hello again.')
  await context.close()
})

test('signing in never leads to another origin', async ({ person, browser, origin, problems }) => {
  for (const target of [
    'https://foreign.invalid/',
    '//foreign.invalid/',
    '/\\foreign.invalid',
    'javascript:alert(1)',
  ]) {
    const context = await browser.newContext({ baseURL: origin })
    problems.watch(context, origin)
    const page = await context.newPage()
    await page.goto(`/login?callbackUrl=${encodeURIComponent(target)}`)
    await fillSignIn(page, person)
    await expect(composer(page), target).toBeVisible()
    expect(new URL(page.url()).origin, target).toBe(origin)
    await context.close()
  }
})

test('a wrong password and an unknown e-mail get the same words', async ({
  account,
  browser,
  origin,
  problems,
}) => {
  problems.allow(/status of 401/)
  const context = await browser.newContext({ baseURL: origin })
  problems.watch(context, origin)
  const page = await context.newPage()
  const messages: string[] = []
  for (const email of [account.email, `nobody-${account.email}`]) {
    await page.goto('/login')
    await fillSignIn(page, { email, password: 'not the password' })
    const alert = page.getByRole('alert').filter({ hasText: /\S/ })
    await expect(alert).toBeVisible()
    messages.push((await alert.textContent()) ?? '')
    await expect(page).toHaveURL(/\/login/)
    await expect(page.getByLabel('Email')).toHaveValue(email)
  }
  expect(messages[0]).toBe(messages[1])
  await context.close()
})

test('an e-mail that is taken and a weak password are said at the form', async ({
  account,
  browser,
  origin,
  problems,
}) => {
  problems.allow(/status of 4\d\d/)
  const context = await browser.newContext({ baseURL: origin })
  problems.watch(context, origin)
  const page = await context.newPage()
  const submit = async (credentials: { name: string; email: string; password: string }) => {
    await page.goto('/register')
    await page.getByLabel('Name', { exact: true }).fill(credentials.name)
    await page.getByLabel('Email', { exact: true }).fill(credentials.email)
    await page.getByLabel('Password', { exact: true }).fill(credentials.password)
    await page.getByRole('button', { name: 'Create account' }).click()
  }
  await submit({ ...newCredentials(), email: account.email })
  await expect(page.getByText(/already/i)).toBeVisible()
  await expect(page.getByLabel('Email', { exact: true })).toHaveValue(account.email)
  await submit({ ...newCredentials(), password: 'password123' })
  await expect(page.getByText(/common|guess/i)).toBeVisible()
  const password = page.getByLabel('Password', { exact: true })
  await expect(password).toHaveValue('password123')
  await expect(password).toBeFocused()
  await page.keyboard.type('another')
  await expect(password).toHaveValue('another')
  await expect(page).toHaveURL(/\/register/)
  await context.close()
})

test('signing out ends the session', async ({ person: { page, api } }) => {
  await page.getByRole('button', { name: /account/i }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(page).toHaveURL(/\/login/)
  await page.goto('/')
  await expect(page).toHaveURL(/\/login/)
  expect((await api.call('GET', '/api/conversations')).status).toBe(401)
})

test('a plain-HTTP name of the local network works from sign-up to answer', async ({
  browser,
  origin,
  problems,
}) => {
  const lan = `http://${LAN_HOST}:${new URL(origin).port}`
  const context = await browser.newContext({ baseURL: lan })
  problems.watch(context, lan)
  const page = await context.newPage()
  const credentials = newCredentials()
  await register(page, credentials)
  expect(await page.evaluate(() => window.isSecureContext)).toBe(false)
  await converse(page, 'Hello over plain HTTP')
  await expect(answers(page)).toContainText('You wrote Hello over plain HTTP.')
  // What the page would still ask for without its cookie is another test's subject.
  await page.goto('about:blank')
  await context.clearCookies()
  await page.goto('/login')
  await fillSignIn(page, credentials)
  await expect(composer(page)).toBeVisible()
  expect(new URL(page.url()).origin).toBe(lan)
  await context.close()
})

test('guessing passwords ends after a while, with the time to wait', async ({
  person,
  browser,
  origin,
  problems,
}) => {
  // An address of its own, so that the other tests keep their attempts.
  const context = await browser.newContext({
    baseURL: origin,
    extraHTTPHeaders: { 'x-forwarded-for': '192.0.2.77' },
  })
  problems.watch(context, origin)
  const page = await context.newPage()
  await page.goto('/login')
  const alert = page.getByRole('alert').filter({ hasText: /\S/ })
  for (let attempt = 0; attempt <= ACCOUNT_ATTEMPTS; attempt += 1) {
    const answered = page.waitForResponse((response) => response.request().method() === 'POST')
    await fillSignIn(page, { email: person.email, password: `guess ${attempt}` })
    await answered
    // The form empties its fields when it has its answer: what is typed before that is lost.
    await expect(page.getByRole('button', { name: 'Sign in', exact: true })).toBeEnabled()
  }
  await expect(alert).toContainText(/too many attempts.*\d+ (minutes|seconds)/i)
  await fillSignIn(page, person)
  await expect(alert).toContainText(/too many attempts/i)
  await expect(page).toHaveURL(/\/login/)
  await context.close()
})

test('a new password ends the other sessions, not this one', async ({
  person,
  browser,
  origin,
  problems,
}) => {
  const { page, api } = person
  const elsewhere = await browser.newContext({ baseURL: origin })
  problems.watch(elsewhere, origin)
  const otherPage = await elsewhere.newPage()
  await otherPage.goto('/login')
  await fillSignIn(otherPage, person)
  await expect(composer(otherPage)).toBeVisible()

  const password = `${person.password} anew`
  await page.goto('/settings')
  await page.getByLabel('Current password', { exact: true }).fill(person.password)
  await page.getByLabel('New password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Change password' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'changed' })).toBeVisible()
  expect((await api.call('GET', '/api/conversations')).status).toBe(200)

  expect((await new ApiClient(origin, elsewhere).call('GET', '/api/conversations')).status).toBe(401)
  await otherPage.goto('/')
  await expect(otherPage).toHaveURL(/\/login/)
  await fillSignIn(otherPage, { email: person.email, password })
  await expect(composer(otherPage)).toBeVisible()
  await elsewhere.close()
})

test('signing out everywhere ends every session, and is put down', async ({
  account: { page, api, email },
  origin,
}) => {
  await page.goto('/settings')
  await page.getByRole('button', { name: 'Sign out everywhere' }).click()
  await expect(page).toHaveURL(/\/login/)
  expect((await api.call('GET', '/api/conversations')).status).toBe(401)
  const headers = { cookie: administratorCookie() }
  const audit = await new ApiClient(origin).call('GET', '/admin/audit?action=sessions.ended', { headers })
  expect(await audit.text()).toContain(email)
})
