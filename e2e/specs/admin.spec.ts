import type { Browser, Page } from '@playwright/test'
import { ApiClient, errorOf } from '../support/api-client.ts'
import { composer } from '../support/conversation-page.ts'
import { expectAccessible } from '../support/expect-accessible.ts'
import { newCredentials } from '../support/person.ts'
import { administratorCookie } from '../support/stack.ts'
import { expect, test } from '../support/test.ts'

const adminPages = ['/admin', '/admin/system', '/admin/audit']

async function openAsAdministrator(browser: Browser, origin: string): Promise<Page> {
  const context = await browser.newContext({ baseURL: origin })
  const cookies = administratorCookie()
    .split('; ')
    .map((pair) => ({ name: pair.slice(0, pair.indexOf('=')), value: pair.slice(pair.indexOf('=') + 1) }))
  await context.addCookies(cookies.map((cookie) => ({ ...cookie, url: origin })))
  return context.newPage()
}

function asAdministrator(origin: string, method: string, path: string, json?: unknown) {
  return new ApiClient(origin).call(method, path, { json, headers: { cookie: administratorCookie() } })
}

test('an administrator sets a budget, signs somebody out, and disables them', async ({
  person,
  browser,
  origin,
  problems,
}) => {
  problems.allow(/status of 40[14]/)
  await person.page.goto('/usage')
  await expect(person.page.getByRole('link', { name: 'Budgets' })).toHaveCount(0)
  const page = await openAsAdministrator(browser, origin)
  problems.watch(page.context(), origin)
  await page.goto('/usage/budgets')
  await expect(page).toHaveURL('/admin')
  await expectAccessible(page)
  await page.getByRole('link', { name: person.email }).click()
  await expect(page.getByText(person.email)).toBeVisible()
  await expectAccessible(page)

  const field = page.getByLabel('Budget a month, in dollars')
  await field.fill('much')
  await field.press('Enter')
  await expect(page.getByText('Write dollars as 2.50, from 0 to 1,000,000, or nothing.')).toBeVisible()
  await field.fill('2.50')
  await field.press('Enter')
  await expect(page.getByText('Saved.')).toBeVisible()
  await person.page.reload()
  await expect(person.page.getByText(/^This month you have used \$0 of \$2\.50\./)).toBeVisible()

  await page.getByRole('button', { name: 'Sign out everywhere…' }).click()
  await page.getByRole('button', { name: 'Sign out', exact: true }).click()
  await expect(page.getByRole('alertdialog')).toHaveCount(0)
  expect((await person.api.call('GET', '/api/conversations')).status).toBe(401)

  await page.getByRole('button', { name: 'Disable account…' }).click()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Disable', exact: true }).click()
  await expect(page.getByText('This account is disabled.')).toBeVisible()

  await page.goto('/admin/audit?action=user.budget_changed')
  await expect(page.getByText(`${person.email}: $2.50 a month`)).toBeVisible()
  await page.goto('/admin/audit?action=user.disabled')
  await expect(page.getByRole('listitem').filter({ hasText: person.email })).toContainText(
    /disabled the account of .*, from 127\.0\.0\.1/,
  )
  await expectAccessible(page)
  await page.goto('/admin/system')
  await expect(page.getByText('scripted-main')).toBeVisible()
  await expectAccessible(page)
  await page.context().close()
})

test('an administrator’s first look says what comes next; a member’s does not', async ({
  person,
  browser,
  origin,
}) => {
  const page = await openAsAdministrator(browser, origin)
  await page.goto('/')
  const steps = page.getByRole('region', { name: 'First steps' })
  await expectAccessible(page)
  await steps.getByRole('link', { name: 'Administration' }).click()
  await expect(page).toHaveURL('/admin')
  await page.context().close()
  await expect(composer(person.page)).toBeVisible()
  await expect(person.page.getByRole('region', { name: 'First steps' })).toHaveCount(0)
})

test('somebody joins by an invitation, once', async ({ browser, origin, problems }) => {
  problems.allow(/status of 404/)
  const page = await openAsAdministrator(browser, origin)
  await page.goto('/admin')
  await page.getByRole('button', { name: 'Invite somebody…' }).click()
  await page.getByText('1 day', { exact: true }).click()
  await page.getByRole('button', { name: 'Make link' }).click()
  const link = await page.getByLabel('Link of the invitation').inputValue()
  await expect(page.getByText('leads here from this machine only')).toBeVisible()
  await expectAccessible(page)
  await page.context().close()

  const { name, email, password } = newCredentials()
  const context = await browser.newContext({ baseURL: origin, viewport: { width: 390, height: 844 } })
  problems.watch(context, origin)
  const guest = await context.newPage()
  await guest.goto(link)
  await expect(guest.getByRole('heading', { name: 'You are invited' })).toBeVisible()
  await expectAccessible(guest)
  await guest.getByLabel('Name', { exact: true }).fill(name)
  await guest.getByLabel('Email', { exact: true }).fill(email)
  await guest.getByLabel('Password', { exact: true }).fill(password)
  await guest.getByRole('button', { name: 'Create account' }).click()
  await expect(composer(guest)).toBeVisible()
  await guest.goto(link)
  await expect(guest.getByText(/It was for one account, which has been made/)).toBeVisible()
  await guest.goto('/invitation/none')
  await expect(guest.getByText(/Ask whoever sent it for a new one/)).toBeVisible()
  await context.close()
})

test('a link sets a new password, once', async ({ account, browser, origin, problems }) => {
  const session = await (await account.api.call('GET', '/api/auth/session')).json()
  const made = await asAdministrator(origin, 'POST', `/api/users/${session.user.id}/password-link`)
  expect(made.status).toBe(201)
  const { link } = await made.json()
  const context = await browser.newContext({ baseURL: origin })
  problems.watch(context, origin)
  const page = await context.newPage()
  await page.goto(link.url)
  await expectAccessible(page)
  const field = page.getByLabel('New password', { exact: true })
  await field.fill('password')
  await page.getByRole('button', { name: 'Set password' }).click()
  await expect(page.getByText(/common|guess/i)).toBeVisible()
  await field.fill('a loud peristyle at noon')
  await page.getByRole('button', { name: 'Set password' }).click()
  await expect(composer(page)).toBeVisible()
  expect((await account.api.call('GET', '/api/conversations')).status).toBe(401)
  await page.goto(link.url)
  await expect(page.getByText(/Ask your administrator for a new one/)).toBeVisible()
  await context.close()
})

test('for anybody else there is no administration', async ({ person, origin, problems }) => {
  problems.allow(/status of 404/)
  const anonymous = new ApiClient(origin)
  for (const path of [...adminPages, '/admin/people/x']) {
    expect((await person.api.call('GET', path)).status, path).toBe(404)
    const signedOut = await anonymous.call('GET', path)
    expect([signedOut.status, signedOut.headers.get('location')], path).toEqual([
      307,
      `/login?callbackUrl=${encodeURIComponent(path)}`,
    ])
  }
  await person.page.goto('/admin')
  await expect(person.page.getByRole('heading', { name: 'There is no such page' })).toBeVisible()
  // It has a state for loading, and so has answered 200 by the time that this is known.
  const budgets = await person.api.call('GET', '/usage/budgets')
  expect(await budgets.text()).toContain('NEXT_HTTP_ERROR_FALLBACK;404')
  await person.page.getByRole('button', { name: /account/i }).click()
  await expect(person.page.getByRole('menuitem', { name: 'Usage' })).toBeVisible()
  await expect(person.page.getByRole('menuitem', { name: 'Administration' })).toHaveCount(0)
})

test('the only administrator stays one, and no job is tried again that there is none of', async ({
  origin,
}) => {
  const session = await (await asAdministrator(origin, 'GET', '/api/auth/session')).json()
  for (const change of [{ role: 'member' }, { disabled: true }]) {
    const refused = await asAdministrator(origin, 'PATCH', `/api/users/${session.user.id}`, change)
    expect([refused.status, (await errorOf(refused)).code]).toEqual([409, 'last_administrator'])
  }
  const job = await asAdministrator(origin, 'POST', `/api/jobs/none/${session.user.id}/retry`)
  expect((await errorOf(job)).code).toBe('not_found')
})
