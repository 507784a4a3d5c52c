import type { Page } from '@playwright/test'
import { converse, questions } from '../support/conversation-page.ts'
import { expect, test } from '../support/test.ts'

const CHUNKS = '**/_next/static/chunks/**'

/** The scripts of the page can be had no longer, as after a new version or without a network. */
const takeAway = (page: Page) => page.route(CHUNKS, (route) => route.abort())

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
  await takeAway(page)
  await page.keyboard.press('ControlOrMeta+k')
  await expect(notice).toBeVisible()
  await page.unroute(CHUNKS)
  await page.getByRole('region', { name: 'Messages' }).focus()
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'What can be done here' })).toBeVisible()
  await expect(notice).toHaveCount(0)
  await page.keyboard.press('Escape')

  // What opens above the page, and what opens in its header.
  await takeAway(page)
  await page.keyboard.press('ControlOrMeta+k')
  await expect(notice).toBeVisible()
  await expect(page).toHaveURL('/?temporary')
  await expect(questions(page)).toHaveText('What stays?')
  await notice.getByRole('button', { name: 'Dismiss' }).click()
  await page.getByRole('combobox', { name: 'Persona' }).click()
  await expect(notice).toBeVisible()
  await page.unroute(CHUNKS)
  await page.keyboard.press('ControlOrMeta+k')
  await expect(palette).toBeVisible()
  await page.keyboard.press('Escape')
  await page.getByRole('combobox', { name: 'Persona' }).click()
  await expect(page.getByRole('option', { name: 'Tutor' })).toBeVisible()
  await page.keyboard.press('Escape')
  await converse(page, 'And on?')
  await expect(questions(page)).toHaveText(['What stays?', 'And on?'])
})
