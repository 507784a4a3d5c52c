import type { Page } from '@playwright/test'
import { answers, converse, questions } from '../support/conversation-page.ts'
import { expectAccessible } from '../support/expect-accessible.ts'
import { expectFocus } from '../support/expect-focus.ts'
import { LONG } from '../support/folded-conversation.ts'
import { expect, test } from '../support/test.ts'

/** What is marked in the messages, and whether the window shows it. */
function markedInMessage(page: Page) {
  return page.evaluate(() =>
    [...(CSS.highlights.get('found') ?? [])]
      .filter((mark) => mark instanceof Range)
      .map((mark) => {
        const { top, bottom } = mark.getBoundingClientRect()
        return { text: mark.toString(), isSeen: top >= 0 && bottom <= window.innerHeight }
      }),
  )
}

test('what was said is found as it is typed, and opened where it stands', async ({
  person: { page },
  problems,
}) => {
  problems.allow(/ERR_FAILED/)
  await converse(page, 'How does a murmuration of starlings decide?')
  const conversation = new URL(page.url()).pathname

  await page.getByRole('link', { name: 'Search', exact: true }).click()
  const field = page.getByRole('searchbox', { name: 'Search your conversations' })
  await expect(field).toBeFocused()
  await page.getByRole('link', { name: 'Search', exact: true }).click()
  await expect(field).toBeFocused()
  await field.fill('murmurashun')
  await expect(page.getByText('Nothing found')).toBeVisible()
  await expectAccessible(page)

  await field.fill('starlngs')
  const found = page.getByRole('list', { name: 'Found' })
  const passage = found.getByRole('link', { name: /^You: / })
  await expect(passage.locator('mark')).toHaveText('starlings')
  await expect(page).toHaveURL('/search?q=starlngs')
  await expectAccessible(page)

  await page.getByRole('combobox', { name: 'Where' }).click()
  await page.getByRole('option', { name: 'Archived', exact: true }).click()
  await page.getByRole('button', { name: 'Search without filters' }).click()

  await expect(passage).toBeVisible()
  await field.press('ArrowDown')
  await expectFocus(found.getByRole('link').first())
  await page.keyboard.press('ArrowDown')
  await expectFocus(passage)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(new RegExp(`${conversation}#[0-9a-f-]{36}$`))
  await expect(questions(page).first()).toBeInViewport()
  await expect(answers(page).first()).toBeVisible()
  await expect.poll(() => markedInMessage(page)).toEqual([{ text: 'starlings', isSeen: true }])

  await page.goBack()
  await expect(field).toHaveValue('starlngs')
  await page.route('**/api/search?**', (route) => route.abort())
  await field.fill('star')
  await expect(page.getByText('The server cannot be reached')).toBeVisible()
  await page.unroute('**/api/search?**')
  await page.getByRole('button', { name: 'Search again' }).click()
  await expect(passage.locator('mark')).toHaveText('star')
})

test('a word far down in a long message is marked, and brought into view', async ({
  account: { page, api },
}) => {
  await api.createConversation(`${LONG} Where does the quokka live?`)
  await page.goto('/search?q=quokka')
  await page
    .getByRole('list', { name: 'Found' })
    .getByRole('link', { name: /^You: / })
    .click()
  await expect.poll(() => markedInMessage(page)).toEqual([{ text: 'quokka', isSeen: true }])
  await page.getByRole('link', { name: 'Search', exact: true }).click()
  await expect.poll(() => markedInMessage(page)).toEqual([])
})

test('the focus stays on the page when the results under it change', async ({ account: { page, api } }) => {
  const titles = ['Courage in battle', 'On courage']
  for (const title of titles) await api.call('POST', '/api/v1/conversations', { json: { title } })
  await page.goto('/search?q=courage')
  const field = page.getByRole('searchbox', { name: 'Search your conversations' })
  const links = page.getByRole('list', { name: 'Found' }).getByRole('link')
  await expect(links).toHaveCount(2)

  await expect(links.first()).toContainText('On courage')

  // What was found stays while the next query is asked, and can be walked meanwhile.
  const released: Array<() => void> = []
  await page.route('**/api/search?**', async (route) => {
    await new Promise<void>((resolve) => released.push(resolve))
    await route.continue()
  })
  await field.fill('courage battle')
  await expect.poll(() => released.length).toBe(1)
  await page.keyboard.press('ArrowDown')
  await expectFocus(links.first())
  released[0]?.()
  await expect(links).toHaveCount(1)
  await expectFocus(links)

  await field.fill('cowardice')
  await expect.poll(() => released.length).toBe(2)
  await page.keyboard.press('ArrowDown')
  await expectFocus(links)
  released[1]?.()
  await expect(page.getByText('Nothing found')).toBeVisible()
  await expectFocus(field)
})
