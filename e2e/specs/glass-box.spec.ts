import {
  answers,
  composer,
  conversationIdOf,
  converse,
  sendButton,
  uniqueWord,
} from '../support/conversation-page.ts'
import { expectAccessible } from '../support/expect-accessible.ts'
import { expect, test } from '../support/test.ts'

test('how an answer was made is shown as the provider received it, and follows the answer', async ({
  person: { page, api },
  provider,
}) => {
  const word = uniqueWord()
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await converse(page, `first ${word}`)
  await converse(page, `second ${word}`)
  const button = answers(page).last().getByRole('button', { name: 'How this was made' })
  await button.focus()
  await page.keyboard.press('Enter')
  const sheet = page.getByRole('dialog', { name: 'How this was made' })
  await expect(sheet.getByRole('heading', { name: 'What was sent' })).toBeVisible()
  await expect(sheet.getByRole('listitem').filter({ hasText: 'First token' })).toBeVisible()
  await expectAccessible(page)

  const [request] = await provider.requests({ contains: `second ${word}`, kind: 'answer' })
  await sheet.getByText('Persona prompt').click()
  const prompt = String(request?.body.messages[0]?.content)
  await expect(sheet.locator('pre').first()).toHaveText(prompt, { useInnerText: false })
  await sheet.getByRole('button', { name: 'By fragment' }).click()
  await expect(sheet.getByRole('heading', { name: /core\/.*\.md/ }).first()).toBeVisible()
  await sheet.getByText('3 messages').click()
  await sheet
    .locator('summary')
    .filter({ hasText: `first ${word}` })
    .first()
    .click()
  await expect(sheet.locator('pre').getByText(`first ${word}`, { exact: true })).toBeVisible()
  await expectAccessible(page)
  await sheet.getByRole('button', { name: 'Copy the request as it was sent' }).click()
  const copied = await page.evaluate(() => navigator.clipboard.readText())
  expect(JSON.parse(copied)).toEqual(request?.body)

  await page.keyboard.press('Escape')
  await expect(sheet).toHaveCount(0)
  await expect(button).toBeFocused()

  // Another version takes the answer's place, by another tab: what was shown of the one before goes with it.
  await page.keyboard.press('Enter')
  await expect(sheet.getByText('3 messages')).toBeVisible()
  const conversationId = conversationIdOf(page)
  const parentId = (await api.conversation(conversationId)).messages.at(-2)?.id
  const json = { conversationId, parentId, answerId: crypto.randomUUID() }
  await (await api.call('POST', '/api/chat', { json })).text()
  await expect(sheet).toHaveCount(0)
})

test('what cannot be read is said, and tried again; on a phone it has the whole screen', async ({
  person: { page },
  problems,
}) => {
  problems.allow(/ERR_FAILED/)
  await page.setViewportSize({ width: 390, height: 844 })
  await converse(page, uniqueWord())
  await page.route('**/making', (route) => route.abort(), { times: 1 })
  await answers(page).getByRole('button', { name: 'How this was made' }).click()
  const sheet = page.getByRole('dialog', { name: 'How this was made' })
  await expect(sheet.getByRole('alert')).toContainText('cannot be reached')
  await sheet.getByRole('button', { name: 'Try again' }).click()
  await expect(sheet.getByRole('heading', { name: 'Time line' })).toBeVisible()
  expect((await sheet.boundingBox())?.width).toBe(390)
  await sheet.getByRole('button', { name: 'Close' }).click()
  await expect(sheet).toHaveCount(0)
})

test('the gauge beside the composer says how full the context will be, and asks nothing for typing', async ({
  person: { page },
}) => {
  const asked: string[] = []
  page.on('request', (request) => {
    const { pathname } = new URL(request.url())
    if (/\/context$/.test(pathname)) asked.push(pathname)
  })
  await page.goto('/')
  const meter = page.getByRole('meter', { name: 'Context' })
  const words = page.getByRole('tooltip')
  const before = Number(await meter.getAttribute('aria-valuenow'))
  const place = await sendButton(page).boundingBox()
  const soFar = asked.length
  await composer(page).fill('and then we waited for the rain. '.repeat(400))
  await expect.poll(async () => Number(await meter.getAttribute('aria-valuenow'))).toBeGreaterThan(before)
  expect(asked).toHaveLength(soFar)
  await composer(page).fill('')
  expect(await sendButton(page).boundingBox()).toEqual(place)

  await page.getByRole('button', { name: 'Context of the next message' }).focus()
  await expect(words).toContainText(/With the next message the context is about \d+ % full\./)
  await expect(words).toContainText(/It costs about \$0\.\d+, with an answer of about 400 tokens\./)
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await expect(words).toBeHidden()

  await converse(page, uniqueWord())
  await expect.poll(() => asked.at(-1)).toContain(conversationIdOf(page))
  await page.getByRole('button', { name: 'Context of the next message' }).hover()
  await expect(words).not.toContainText('about 400 tokens')
})
