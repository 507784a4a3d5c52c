import type { Page } from '@playwright/test'
import { answers, converse, send, uniqueWord, waitForEnd } from '../support/conversation-page.ts'
import { expect, test } from '../support/test.ts'

const SCRIPTS = '**/_next/static/chunks/*.js*'

/** Opens an address as over a slow line: what the page shows is there, what makes it act comes when it is let. */
async function openSlowly(page: Page, address: string): Promise<() => void> {
  const { promise: isLet, resolve } = Promise.withResolvers<void>()
  await page.route(SCRIPTS, async (route) => {
    await isLet
    await route.continue()
  })
  await page.goto(address, { waitUntil: 'commit' })
  return resolve
}

test.describe('before the page’s scripts are there', () => {
  test.use({ serviceWorkers: 'block' })

  test('what is pressed is done once they are', async ({ person: { page }, provider }) => {
    const word = uniqueWord()
    await provider.arrange(word, 'status code=500')
    await send(page, `Fail ${word}`)
    const retry = answers(page).getByRole('button', { name: 'Retry', exact: true })
    await expect(retry).toBeVisible()
    await provider.arrange(word, 'plain')

    const letScripts = await openSlowly(page, page.url())
    await retry.click()
    letScripts()
    await waitForEnd(page)
    await expect(answers(page).last()).toContainText(`You wrote Fail ${word}.`)
    await expect(retry).toHaveCount(0)
  })

  test('a menu opens, and a form is sent without a page of its own', async ({ person: { page } }) => {
    await converse(page, 'What opens late?')
    let letScripts = await openSlowly(page, page.url())
    // Who presses again because nothing happens wants it open, not open and shut.
    await page.getByRole('combobox', { name: 'Persona' }).click()
    await page.getByRole('combobox', { name: 'Persona' }).click()
    letScripts()
    await expect(page.getByRole('option', { name: 'Tutor' })).toBeVisible()

    letScripts = await openSlowly(page, '/settings')
    const name = page.getByRole('textbox', { name: 'Name', exact: true })
    await name.fill('Chrysippus')
    await page.getByRole('button', { name: 'Save name' }).click()
    expect(new URL(page.url()).search).toBe('')
    letScripts()
    await expect(page.getByText('Saved', { exact: false }).first()).toBeVisible()
    await page.reload()
    await expect(name).toHaveValue('Chrysippus')
  })

  test('what is typed is taken over', async ({ account: { page } }) => {
    let letScripts = await openSlowly(page, '/search')
    await page.getByRole('searchbox', { name: 'Search your conversations' }).fill('zzquagga')
    letScripts()
    await expect(page.getByText('Nothing found')).toBeVisible()

    letScripts = await openSlowly(page, '/personas/try')
    await page.getByRole('textbox', { name: 'Question' }).fill('What is typed early?')
    letScripts()
    await expect(page.getByRole('button', { name: 'Ask both' })).toBeEnabled()
    await page.goto('/')
    letScripts = await openSlowly(page, '/')
    await page.getByRole('textbox', { name: 'Message' }).fill('And here?')
    letScripts()
    await page.getByRole('button', { name: 'Send' }).click()
    await expect(answers(page)).toContainText('You wrote And here?')
  })

  test('everything stands where it will be', async ({ person: { page } }) => {
    await converse(page, 'What moves?')
    const letScripts = await openSlowly(page, page.url())
    const messages = page.getByRole('region', { name: 'Messages' })
    const placeOf = () => answers(page).evaluate((answer) => answer.getBoundingClientRect().toJSON())
    await expect(messages).toHaveCSS('flex-direction', 'column-reverse')
    const before = await placeOf()
    letScripts()
    await expect(messages).toHaveCSS('flex-direction', 'column')
    expect(await placeOf()).toEqual(before)
  })
})
