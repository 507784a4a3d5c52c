import type { Page } from '@playwright/test'
import { seedAccount } from '#scripts/seed/seed-account.ts'
import { readTurn } from '../support/api-client.ts'
import { conversationLinks, isAtEnd, send } from '../support/conversation-page.ts'
import { currentStack } from '../support/stack.ts'
import { expect, test } from '../support/test.ts'

const NODES = 3000

/** Elements and texts of the page, in the document. */
function countNodes(page: Page): Promise<number> {
  return page.evaluate(() => {
    const walker = document.createTreeWalker(document, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT)
    let count = 0
    while (walker.nextNode()) count += 1
    return count
  })
}

function countElements(page: Page): Promise<number> {
  return page.evaluate(() => document.querySelectorAll('*').length)
}

/** Scrolls up by ten times half a screen, and says by how much the message that is looked at moved other than by that. */
async function walkUp(page: Page): Promise<number> {
  return page.getByRole('region', { name: 'Messages' }).evaluate(async (box) => {
    const middle = box.getBoundingClientRect().top + box.clientHeight / 2
    let jumped = 0
    for (let step = 0; step < 10; step += 1) {
      const articles = [...box.querySelectorAll('article')]
      const seen = articles.find((article) => article.getBoundingClientRect().bottom > middle)
      if (!seen) throw new Error('No message is in view')
      const before = seen.getBoundingClientRect().top
      const way = Math.min(box.clientHeight / 2, box.scrollTop)
      box.scrollBy(0, -way)
      // Within two frames it is moved, and what comes for it is drawn.
      for (let frames = 0; frames < 2; frames += 1) await new Promise(requestAnimationFrame)
      jumped = Math.max(jumped, Math.abs(seen.getBoundingClientRect().top - before - way))
    }
    return jumped
  })
}

test('a conversation of a thousand messages opens light, and is walked without a jump', async ({
  person: { page, email, api },
}) => {
  const { databaseUrl } = currentStack()
  await seedAccount(databaseUrl, { email, conversations: 1, messages: 1000 })
  await page.reload()
  await conversationLinks(page).filter({ hasText: 'A thousand messages' }).click()
  await expect(page.getByText('END-1000')).toBeInViewport()
  expect(await countNodes(page)).toBeLessThanOrEqual(NODES)

  const articles = page.getByRole('article')
  let jumped = 0
  let most = 0
  await expect
    .poll(
      async () => {
        jumped = Math.max(jumped, await walkUp(page))
        most = Math.max(most, await countElements(page))
        return page.getByText('END-1000').count()
      },
      { intervals: [10] },
    )
    .toBe(0)
  expect(jumped, 'pixels').toBeLessThanOrEqual(1)
  expect(most, 'elements while it is walked').toBeLessThanOrEqual(NODES)

  const response = await page.request.get(page.url())
  const html = await response.text()
  expect(html).toContain('END-1000')
  expect(html.length, 'the latest messages only').toBeLessThan(500_000)

  // What is sent from up there is seen at the end.
  await send(page, 'And now?')
  await expect(articles.last()).toContainText('Ask again to hear it again.')
  await expect.poll(() => isAtEnd(page)).toBe(true)

  const { messages } = await api.conversation(page.url().split('/').at(-1) ?? '')
  expect(messages.length).toBeLessThan(100)
})

test('an old message opens by its address, and by that of the page before', async ({
  person: { page, email, api },
}) => {
  const { databaseUrl } = currentStack()
  await seedAccount(databaseUrl, { email, conversations: 1, messages: 1000 })
  await page.reload()
  const link = conversationLinks(page).filter({ hasText: 'A thousand messages' })
  const path = (await link.getAttribute('href')) ?? ''
  let oldest = (await api.conversation(path.split('/').at(-1) ?? '')).messages[0]
  for (let pages = 0; pages < 10; pages += 1) {
    const response = await api.call(
      'GET',
      `/api${path.replace('/chat', '/conversations')}?before=${oldest?.id}`,
    )
    oldest = (await response.json()).messages[0]
  }
  await page.goto(`${path}#${oldest?.id}`)
  const message = page.locator(`[id="${oldest?.id}"]`)
  await expect(message).toBeInViewport()
  expect(await countNodes(page)).toBeLessThanOrEqual(1.5 * NODES)
  await page.getByRole('button', { name: 'Jump to latest' }).click()
  await expect(page.getByText('END-1000')).toBeInViewport()
})

test('older messages have the height of their formulas from the start', async ({ person: { page, api } }) => {
  const { conversationId } = await api.createConversation('Show what a message can hold. [scenario:markdown]')
  let parentId = (await api.conversation(conversationId)).messages.at(-1)?.id ?? null
  for (let turn = 0; turn < 20; turn += 1) {
    const { response } = await api.send(`Question ${turn}`, { conversationId, parentId })
    parentId =
      (await readTurn(response)).flatMap(({ frame }) => (frame.type === 'start' ? frame.messageId : []))[0] ??
      null
  }
  const articles = page.getByRole('article')
  let drawnWhenAsked: number | null = null
  const { promise: released, resolve: release } = Promise.withResolvers<void>()
  await page.route('**/_next/static/**/*.js', async (route) => {
    const response = await route.fetch()
    if ((await response.text()).includes('katex-mathml')) {
      drawnWhenAsked ??= await articles.count()
      await released
    }
    await route.fulfill({ response })
  })
  await page.goto(`/chat/${conversationId}`)
  await expect(articles).toHaveCount(30)
  await expect
    .poll(
      async () => {
        // Again and again: a page that has not come to life yet does not hear of it.
        await walkUp(page)
        return drawnWhenAsked
      },
      { message: 'messages that are drawn before formulas can be set' },
    )
    .toBe(30)
  release()
  await expect(articles).toHaveCount(42)
  expect(await page.locator('.tex-display').count()).toBe(0)
})

test('who asks for older messages by the keyboard keeps the focus among them', async ({
  person: { page, email },
  problems,
}) => {
  problems.allow(/net::ERR_FAILED/)
  const { databaseUrl } = currentStack()
  await seedAccount(databaseUrl, { email, conversations: 1, messages: 1000 })
  await page.reload()
  const before = '**/api/conversations/*?before=*'
  let isHeld = false
  const { promise: released, resolve: release } = Promise.withResolvers<void>()
  await page.route(before, async (route) => {
    if (!isHeld) return route.abort()
    await released
    return route.continue()
  })
  await conversationLinks(page).filter({ hasText: 'A thousand messages' }).click()
  await expect(page.getByText('END-1000')).toBeInViewport()
  const again = page.getByRole('button', { name: 'Try again' })
  await expect
    .poll(async () => {
      await walkUp(page)
      return again.count()
    })
    .toBe(1)
  isHeld = true
  await again.focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Reading earlier messages…' })).toBeFocused()
  release()
  await expect(page.getByText('Reading earlier messages…')).toHaveCount(0)
  await expect(
    page.getByRole('region', { name: 'Messages' }).locator(':focus').or(page.locator('section:focus')),
  ).toHaveCount(1)
})
