import { readFile } from 'node:fs/promises'
import { v7 as uuid } from 'uuid'
import { ApiClient, errorOf } from '../support/api-client.ts'
import { uniqueWord } from '../support/conversation-page.ts'
import { expectAccessible } from '../support/expect-accessible.ts'
import { expect, test } from '../support/test.ts'

test('what was asked is told by day, model, persona, conversation and kind, and downloaded', async ({
  person: { page, api },
}) => {
  await page.getByRole('button', { name: /account/i }).click()
  await page.getByRole('menuitem', { name: 'Usage' }).click()
  await expect(page).toHaveURL('/usage')
  await expect(page.getByText('No model was called for you in the last 30 days.')).toBeVisible()
  await expect(page.getByRole('link', { name: 'Download CSV' })).toHaveCount(0)
  await expectAccessible(page)

  const title = `=${uniqueWord()}, "costs"`
  const { conversationId } = await api.createConversation('What does an answer cost?')
  await api.call('PATCH', `/api/conversations/${conversationId}`, { json: { title } })
  await page.goto('/usage')
  const region = (name: string) => page.getByRole('region', { name: `Usage by ${name}` })
  await expect(region('conversation').getByRole('link', { name: title })).toHaveAttribute(
    'href',
    `/chat/${conversationId}`,
  )
  await expect(region('kind').getByRole('row', { name: /^Answers \$0\.\d+ 1 \d/ })).toBeVisible()
  await expect(region('model').getByRole('row')).not.toHaveCount(1)
  await expect(region('persona')).toBeVisible()
  await expect(page.getByRole('figure', { name: 'Cost by day' }).locator('svg').first()).toBeVisible()
  await page.getByText('Days as a table').click()
  await expect(region('day').getByRole('row')).toHaveCount(31)
  await expectAccessible(page)

  await page.getByRole('link', { name: '7 days' }).click()
  await expect(page).toHaveURL('/usage?days=7')
  await expect(region('day').getByRole('row')).toHaveCount(8)

  const downloading = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Download CSV' }).click()
  const download = await downloading
  expect(download.suggestedFilename()).toMatch(/^stoa-usage-[\d-]{10}-to-[\d-]{10}\.csv$/)
  const csv = await readFile(await download.path(), 'utf8')
  expect(csv).toContain(`"'${title.replaceAll('"', '""')}"`)
  expect(csv.split('\r\n').filter((line) => line.includes(',answer,'))).toHaveLength(1)
})

test('usage is told to nobody else, and only of periods that there are', async ({
  account,
  origin,
  browser,
}) => {
  const anonymous = new ApiClient(origin)
  const path = '/api/usage/csv'
  expect((await anonymous.call('GET', path)).status).toBe(401)
  const headers = { origin: 'https://foreign.invalid' }
  expect((await account.api.call('GET', path, { headers })).status).toBe(403)
  for (const days of ['', '0', '8', '30 ', 'x', '-7', '7.0', uuid()]) {
    const response = await account.api.call('GET', `${path}?days=${encodeURIComponent(days)}`)
    expect([response.status, (await errorOf(response)).code], days).toEqual([400, 'invalid_request'])
  }
  expect(await (await account.api.call('GET', path)).text()).toMatch(/^time,kind,[^\n]*\r\n$/)
  const context = await browser.newContext({ baseURL: origin })
  const page = await context.newPage()
  for (const address of ['/usage?days=7', '/usage/budgets']) {
    await page.goto(address)
    await expect(page).toHaveURL(`/login?callbackUrl=${encodeURIComponent(address)}`)
  }
  await context.close()
})
