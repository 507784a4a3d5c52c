import type { Page, Request } from '@playwright/test'
import { converse, questions } from '../support/conversation-page.ts'
import { expect, test } from '../support/test.ts'

const CHUNKS = /\/_next\/static\/chunks\//

/**
 * The scripts of the page can be had no longer, as after a new version or without a network. What is returned gives them
 * back once all that was asked for is refused: of a part in two scripts the second would still come.
 */
async function takeAway(page: Page): Promise<() => Promise<void>> {
  const asked = new Set<Request>()
  const ask = (request: Request) => CHUNKS.test(request.url()) && asked.add(request)
  const refuse = (request: Request) => asked.delete(request)
  page.on('request', ask)
  page.on('requestfailed', refuse)
  await page.route(CHUNKS, (route) => route.abort())
  return async function giveBack() {
    await expect.poll(() => asked.size).toBe(0)
    await page.unroute(CHUNKS)
    page.off('request', ask)
    page.off('requestfailed', refuse)
  }
}

test('a part that cannot be loaded says so, leaves a temporary conversation as it is, and comes at the next try', async ({
  person: { page },
  problems,
}) => {
  problems.allow(/Failed to load resource|net::ERR/)
  const notice = page.getByRole('alert').filter({ hasText: 'This could not be loaded.' })
  const palette = page.getByRole('dialog', { name: 'Search and do anything' })
  await page.goto('/?temporary')
  await converse(page, 'What stays?')

  // What the keys do.
  const giveBack = await takeAway(page)
  await page.keyboard.press('ControlOrMeta+k')
  await expect(notice).toBeVisible()
  await giveBack()
  await page.getByRole('region', { name: 'Messages' }).focus()
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'What can be done here' })).toBeVisible()
  await expect(notice).toHaveCount(0)
  await page.keyboard.press('Escape')

  // What opens above the page, and what opens in its header.
  const giveBackAgain = await takeAway(page)
  await page.keyboard.press('ControlOrMeta+k')
  await expect(notice).toBeVisible()
  await expect(page).toHaveURL('/?temporary')
  await expect(questions(page)).toHaveText('What stays?')
  await notice.getByRole('button', { name: 'Dismiss' }).click()
  await page.getByRole('combobox', { name: 'Persona' }).click()
  await expect(notice).toBeVisible()
  await giveBackAgain()
  await page.keyboard.press('ControlOrMeta+k')
  await expect(palette).toBeVisible()
  await page.keyboard.press('Escape')
  await page.getByRole('combobox', { name: 'Persona' }).click()
  await expect(page.getByRole('option', { name: 'Tutor' })).toBeVisible()
  await page.keyboard.press('Escape')
  await converse(page, 'And on?')
  await expect(questions(page)).toHaveText(['What stays?', 'And on?'])
})
