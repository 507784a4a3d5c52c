import type { Page } from '@playwright/test'
import { converse, questions } from '../support/conversation-page.ts'
import { expect, test } from '../support/test.ts'

const CHUNKS = '**/_next/static/chunks/**'

/**
 * Decides whether the scripts of the page can be had, which they cannot after a new version or without a network. One route
 * for the whole test: what is asked for just after a new one was made gets past it now and then.
 */
async function watchChunks(page: Page) {
  let isAway = false
  await page.route(CHUNKS, (route) => (isAway ? route.abort() : route.continue()))
  return {
    takeAway() {
      isAway = true
    },
    giveBack() {
      isAway = false
    },
  }
}

test('a part that cannot be loaded says so, leaves a temporary conversation as it is, and comes at the next try', async ({
  person: { page },
  problems,
}) => {
  problems.allow(/Failed to load resource|net::ERR/)
  const notice = page.getByRole('alert').filter({ hasText: 'This could not be loaded.' })
  const palette = page.getByRole('dialog', { name: 'Search and do anything' })
  const chunks = await watchChunks(page)
  await page.goto('/?temporary')
  await converse(page, 'What stays?')

  // What the keys do.
  chunks.takeAway()
  await page.keyboard.press('ControlOrMeta+k')
  await expect(notice).toBeVisible()
  chunks.giveBack()
  await page.getByRole('region', { name: 'Messages' }).focus()
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'What can be done here' })).toBeVisible()
  await expect(notice).toHaveCount(0)
  await page.keyboard.press('Escape')

  // What opens above the page, and what opens in its header.
  chunks.takeAway()
  await page.keyboard.press('ControlOrMeta+k')
  await expect(notice).toBeVisible()
  await expect(page).toHaveURL('/?temporary')
  await expect(questions(page)).toHaveText('What stays?')
  await notice.getByRole('button', { name: 'Dismiss' }).click()
  await page.getByRole('combobox', { name: 'Persona' }).click()
  await expect(notice).toBeVisible()
  chunks.giveBack()
  await page.keyboard.press('ControlOrMeta+k')
  await expect(palette).toBeVisible()
  await page.keyboard.press('Escape')
  await page.getByRole('combobox', { name: 'Persona' }).click()
  await expect(page.getByRole('option', { name: 'Tutor' })).toBeVisible()
  await page.keyboard.press('Escape')
  await converse(page, 'And on?')
  await expect(questions(page)).toHaveText(['What stays?', 'And on?'])
})
