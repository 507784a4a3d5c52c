import pg from 'pg'
import { SHARED_READS_PER_MINUTE } from '#lib/auth/shared-read-limit.ts'
import { digest } from '#lib/auth/sign-in-limits.ts'
import { ApiClient } from '../support/api-client.ts'
import { converse } from '../support/conversation-page.ts'
import { expectAccessible } from '../support/expect-accessible.ts'
import { currentStack } from '../support/stack.ts'
import { expect, test } from '../support/test.ts'

test('a copy is shared by a link, read without an account, and revoked', async ({
  person: { page },
  browser,
  origin,
  problems,
}) => {
  await converse(page, '[scenario:markdown]')
  await page.getByRole('button', { name: 'Share', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Share a copy' })
  await dialog.getByLabel('Shared by').fill('A reader of Seneca')
  await dialog.getByRole('radio', { name: '7 days' }).check({ force: true })
  await dialog.getByRole('button', { name: 'Make a link' }).click()
  const address = await dialog.getByLabel('Link', { exact: true }).inputValue()
  expect(address).toMatch(/^http:\/\/[^/]+\/s\/[\w-]{43}$/)
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Done' }).click()
  await expect(page.getByRole('button', { name: 'Share', exact: true })).toBeFocused()

  // Somebody who has no account.
  const reading = await browser.newContext({ baseURL: origin })
  problems.watch(reading, origin)
  const copy = await reading.newPage()
  await copy.goto(address)
  await expect(copy.getByText('Shared by A reader of Seneca')).toBeVisible()
  await expect(copy.getByText(/This is a copy as of .* It can be read until/)).toBeVisible()
  const answer = copy.getByRole('article', { name: 'Stoic' })
  await expect(answer.locator('.katex').first()).toBeVisible()
  await expect(answer.getByRole('table').first()).toBeVisible()
  await expect(answer.locator('pre').first()).toBeVisible()
  await expectAccessible(copy)
  await reading.close()

  const path = new URL(address).pathname
  const stranger = new ApiClient(origin)
  const response = await stranger.call('GET', path)
  expect(response.status).toBe(200)
  expect(response.headers.get('cache-control')).toContain('no-store')
  expect(response.headers.get('referrer-policy')).toBe('no-referrer')
  expect(response.headers.get('x-robots-tag')).toContain('noindex')
  const html = await response.text()
  expect(html).toMatch(/<meta name="robots" content="noindex/)
  // Neither the conversation nor its messages, the person or the model.
  expect(html).not.toMatch(/[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[\da-f]{4}-[\da-f]{12}|zeno-|scripted-main/)
  expect(await (await stranger.call('GET', '/robots.txt')).text()).toContain('Disallow: /')

  // From its row in the list.
  await page.getByRole('button', { name: /^Options for (?!the list)/ }).click()
  await page.getByRole('menuitem', { name: 'Share', exact: true }).click()
  await expect(dialog.getByLabel('Link', { exact: true })).toHaveValue(address)
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)

  await page.goto('/settings')
  const section = page.getByRole('region', { name: 'Shared conversations' })
  await expect(section.getByRole('textbox', { name: /^Link to / })).toHaveValue(address)
  await expectAccessible(page)
  await section.getByRole('button', { name: /^Revoke/ }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke' }).click()
  await expect(section.getByText('You share nothing.')).toBeVisible()
  for (const gone of [path, `/s/${'A'.repeat(43)}`, '/s/x%00y']) {
    const answer = await stranger.call('GET', gone)
    expect(answer.status, gone).toBe(404)
    expect(await answer.text(), gone).toContain('Whoever sent it can make another.')
  }
})

test('who asks for very many copies is told when to go on, by a page or by JSON', async ({
  origin,
  browser,
  problems,
}) => {
  // Of its own, so that the other tests can go on reading.
  const place = '192.0.2.78'
  const headers = { 'x-forwarded-for': place }
  const address = `${origin}/s/${'A'.repeat(43)}`
  expect((await fetch(address, { headers })).status).toBe(404)
  // As if so many had been asked for.
  const client = new pg.Client({ connectionString: currentStack().databaseUrl })
  await client.connect()
  const counted = [SHARED_READS_PER_MINUTE, `shared-copy:${digest(place)}`]
  await client.query('UPDATE rate_limit SET points = $1 WHERE key = $2', counted)
  await client.end()

  const program = await fetch(address, { headers })
  expect(program.status).toBe(429)
  expect(await program.json()).toMatchObject({ error: { code: 'too_many_attempts' } })
  expect(Number(program.headers.get('retry-after'))).toBeGreaterThan(0)
  const context = await browser.newContext({ extraHTTPHeaders: headers })
  problems.watch(context, origin)
  problems.allow(/429/)
  const page = await context.newPage()
  expect((await page.goto(address))?.status()).toBe(429)
  await expect(page.getByRole('heading', { name: 'A moment, please' })).toBeVisible()
  await expectAccessible(page)
  await context.close()
})
