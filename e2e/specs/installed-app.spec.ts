import type { Page } from '@playwright/test'
import { composer, conversationLinks, converse } from '../support/conversation-page.ts'
import { countKept } from '../support/count-kept.ts'
import { expectAccessible } from '../support/expect-accessible.ts'
import { expect, test } from '../support/test.ts'

test.use({ serviceWorkers: 'allow' })

const controlled = (page: Page) => page.evaluate(() => navigator.serviceWorker.ready.then(() => true))

test('it can be installed', async ({ page, request }) => {
  await page.goto('/login')
  const href = await page.locator('link[rel="manifest"]').getAttribute('href')
  const manifest = (await (await request.get(href ?? '')).json()) as {
    icons: { src: string; sizes: string }[]
  }
  expect(manifest).toMatchObject({ name: 'Stoa', start_url: '/', display: 'standalone' })
  for (const { src, sizes } of manifest.icons) {
    const size = await page.evaluate(async (address) => {
      const image = Object.assign(new Image(), { src: address })
      await image.decode()
      return `${image.naturalWidth}x${image.naturalHeight}`
    }, src)
    expect(size, src).toBe(sizes)
  }
  await expect(page.locator('link[rel="apple-touch-icon"]')).toHaveCount(1)
  await expect(page.locator('meta[name="theme-color"]')).toHaveCount(2)
})

test('what was read last can be read offline, until one signs out; nothing old is shown online', async ({
  person: { page, context, api },
  problems,
}) => {
  await controlled(page)
  await converse(page, 'What stays? [scenario:markdown]')
  const conversation = page.url()
  await expect.poll(() => countKept(page)).toBe(1)
  // A temporary one is not, however long it rests there.
  await page.clock.install()
  await page.goto('/?temporary')
  await converse(page, 'zzquiet')
  await page.clock.runFor(5_000)
  await page.clock.resume()

  // Online, pages and data are those of the server.
  await page.goto(conversation)
  await api.call('PATCH', `/api${new URL(conversation).pathname.replace('chat', 'conversations')}`, {
    json: { title: 'Renamed elsewhere' },
  })
  await page.reload()
  await expect(page).toHaveTitle('Renamed elsewhere · Stoa')
  const names = await page.evaluate(async () => {
    const caching = await Promise.all((await caches.keys()).map((name) => caches.open(name)))
    const requests = await Promise.all(caching.map((cache) => cache.keys()))
    return requests.flat().map(({ url }) => new URL(url).pathname)
  })
  expect(names.filter((name) => !name.startsWith('/_next/static/'))).toEqual(['/offline'])

  problems.allow(/Failed to load resource|net::ERR/)
  // Chosen from the list, too, it is not far.
  await page.goto('/')
  await context.setOffline(true)
  await conversationLinks(page).first().click()
  await page.getByRole('button', { name: 'Read the copy on this device' }).click()
  await expect(page.getByText('Stoa cannot be reached.')).toBeVisible()
  await expect(page.getByRole('article', { name: 'Question' })).toContainText('What stays?')
  await expect(page.getByRole('article', { name: 'Stoic' }).locator('.katex').first()).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'What you read last' }).click()
  await expect(page.getByRole('listitem')).toHaveCount(1)
  const line = page.getByRole('listitem').getByRole('button')
  await expect(line).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
  await page.goto('/chat/01990000-0000-7000-8000-000000000000')
  await expect(page.getByText('The conversation that you wanted is not kept on this device.')).toBeVisible()

  // What was wanted comes by itself as soon as the server is back.
  await page.goto(conversation)
  await expect(page.getByText('Stoa cannot be reached.')).toBeVisible()
  await context.setOffline(false)
  await expect(composer(page)).toBeVisible()
  await expect(page).toHaveURL(conversation)
  await page.getByRole('button', { name: /account/i }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(page).toHaveURL(/\/login/)
  await expect.poll(() => countKept(page)).toBe(0)
})
