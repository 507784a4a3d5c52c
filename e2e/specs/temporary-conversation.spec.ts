import { composer, conversationLinks, converse, questions, send } from '../support/conversation-page.ts'
import { expectAccessible } from '../support/expect-accessible.ts'
import { expect, test } from '../support/test.ts'

test('a temporary conversation is kept nowhere, is erased when it is left, and can be kept', async ({
  person: { page, context, api },
  problems,
}) => {
  const toggle = page.getByRole('button', { name: 'Temporary', exact: true })
  const stored = () => page.evaluate(() => JSON.stringify({ ...localStorage }))
  const begun = page.waitForRequest(
    (request) => request.url().endsWith('/api/chat') && request.method() === 'POST',
  )
  await composer(page).fill('zzquiet words')
  await toggle.click()
  await expect(page).toHaveURL('/?temporary')
  await expect(toggle).toHaveAttribute('aria-pressed', 'true')
  await expect(page.getByText(/^Temporary: in no list/)).toBeVisible()
  await expect(composer(page)).toHaveValue('zzquiet words')
  await expect(composer(page)).toBeFocused()
  expect(await stored()).not.toContain('zzquiet')
  await expectAccessible(page)

  await converse(page, 'zzquiet words')
  const { conversationId } = (await begun).postDataJSON() as { conversationId: string }
  const address = `/api/conversations/${conversationId}`
  await expect(page).toHaveURL('/?temporary')
  await expect(page).toHaveTitle('Temporary conversation · Stoa')
  await expect(conversationLinks(page)).toHaveCount(0)
  expect((await api.call('GET', address)).status).toBe(200)

  // What cannot be sent is not lost while it is open, and is in no storage.
  problems.allow(/Failed to load resource|net::ERR/)
  await context.route('**/api/chat', (route) => route.abort())
  await send(page, 'zzquiet and unsent')
  await expect(page.getByText('Not sent yet')).toBeVisible()
  expect(await stored()).not.toContain('zzquiet')
  await context.unroute('**/api/chat')
  await page.evaluate(() => dispatchEvent(new Event('online')))
  await expect(questions(page)).toHaveCount(2)
  await expect(page.getByRole('article')).toHaveCount(4)

  await page.getByRole('button', { name: 'New conversation' }).first().click()
  await expect(page).toHaveURL('/')
  await expect(toggle).toHaveAttribute('aria-pressed', 'false')
  await expect.poll(async () => (await api.call('GET', address)).status).toBe(404)
  await page.goBack()
  await expect(questions(page)).toHaveCount(0)

  // A reload is a way to leave; what comes then is temporary, too.
  await page.goto('/?temporary')
  const second = page.waitForRequest((request) => request.url().endsWith('/api/chat'))
  await converse(page, 'Another one')
  const { conversationId: left } = (await second).postDataJSON() as { conversationId: string }
  await page.reload()
  await expect(toggle).toHaveAttribute('aria-pressed', 'true')
  await expect(questions(page)).toHaveCount(0)
  await expect.poll(async () => (await api.call('GET', `/api/conversations/${left}`)).status).toBe(404)

  await converse(page, 'One to keep')
  await page.getByRole('button', { name: 'Keep', exact: true }).click()
  await expect(page).toHaveURL(/\/chat\/[\da-f-]{36}$/)
  await expect(conversationLinks(page)).toHaveCount(1)
  await expect(questions(page)).toHaveText('One to keep')
  await page.reload()
  await expect(questions(page)).toHaveText('One to keep')
})

test('a temporary conversation is printed in a tab of its own, and goes on in this one', async ({
  account: { page, context },
}) => {
  await context.addInitScript(() => {
    window.print = () => undefined
  })
  await page.goto('/?temporary')
  await converse(page, 'On paper')
  const opened = context.waitForEvent('page')
  await composer(page).fill('/export pdf')
  await page.keyboard.press('Enter')
  const print = await opened
  await expect(print).toHaveURL(/\/chat\/[\da-f-]{36}\/print$/)
  await expect(print.getByRole('article')).toHaveCount(2)
  await print.close()
  await expect(page).toHaveURL('/?temporary')
  await converse(page, 'And on')
  await expect(questions(page)).toHaveText(['On paper', 'And on'])
})
