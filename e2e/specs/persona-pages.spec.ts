import { loadPromptLibrary } from '#lib/prompts/library.ts'
import { inProject } from '#scripts/launch/project.ts'
import { expectAccessible } from '../support/expect-accessible.ts'
import { expect, test } from '../support/test.ts'

const library = loadPromptLibrary(inProject('prompts'))

test('every persona is listed, and shown as what it is composed of', async ({ person: { page } }) => {
  await page.getByRole('button', { name: /^Account:/ }).click()
  await page.getByRole('menuitem', { name: 'Personas' }).click()
  await expect(page.getByRole('heading', { name: 'Personas', level: 1 })).toBeVisible()
  for (const { label, description } of library.personas) {
    await expect(page.getByRole('main').getByRole('link', { name: label, exact: true })).toBeVisible()
    await expect(page.getByText(description)).toBeVisible()
  }
  await page.getByRole('main').getByRole('link', { name: 'Stoic', exact: true }).click()
  await page.getByRole('link', { name: 'High', exact: true }).click()
  const composed = library.composePersona('stoic', 'high')
  await expect(page.getByText(composed.hash)).toBeVisible()
  expect(await page.locator('pre').textContent()).toBe(composed.text)
  for (const { path } of composed.fragments)
    await expect(page.getByRole('rowheader', { name: path })).toBeVisible()

  await page.getByRole('link', { name: 'By fragment' }).click()
  await expect(page.locator('pre')).toHaveCount(composed.fragments.length)
  expect(await page.locator('pre').allTextContents()).toEqual(composed.fragments.map(({ text }) => text))

  await page.getByRole('link', { name: 'Against medium' }).click()
  await expect(page.locator('del').first()).toContainText('# Intensity: medium')
  await expect(page.locator('ins').first()).toContainText('# Intensity: high')
  await expect(page).toHaveURL(/intensity=high&view=fragments&against=medium/)
})

test('two personas stand side by side', async ({ person: { page } }) => {
  await page.goto('/personas/compare?a=stoic&b=casual&ib=low')
  await expect(page.getByRole('row', { name: /styles\/stoic\.md .*not part of it/ })).toBeVisible()
  await expect(page.getByRole('row', { name: /core\/identity\.md \(shared\)/ })).toBeVisible()
  await page.getByRole('combobox', { name: 'Second persona' }).click()
  await page.getByRole('option', { name: 'Tutor' }).click()
  await expect(page).toHaveURL('/personas/compare?a=stoic&b=tutor')
  await expect(page.getByText('+ only in Tutor')).toBeVisible()
})

test('addresses that nobody made lead to words, and nobody signed out sees a prompt', async ({
  person: { page },
  browser,
  origin,
  problems,
}) => {
  problems.allow(/status of 404/)
  for (const path of [
    '/personas/nobody',
    '/personas/compare?a=nobody',
    '/personas/compare?b=%00',
    '/personas/__proto__',
  ]) {
    expect((await page.goto(path))?.status(), path).toBe(404)
    await expect(page.getByRole('heading', { name: 'There is no such persona' })).toBeVisible()
  }
  await page.goto('/personas/stoic?intensity=extreme&intensity=low&view=<b>&against=medium')
  await expect(page.getByRole('link', { name: 'Medium, its own' })).toHaveAttribute('aria-current', 'true')

  const signedOut = await browser.newContext({ baseURL: origin })
  const visitor = await signedOut.newPage()
  for (const path of ['/personas', '/personas/stoic?intensity=high', '/personas/compare?a=stoic&b=tutor']) {
    await visitor.goto(path)
    await expect(visitor).toHaveURL(`/login?callbackUrl=${encodeURIComponent(path)}`)
  }
  await signedOut.close()
})

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in ${colorScheme}`, () => {
    test.use({ colorScheme })

    test('axe finds nothing serious on the pages about personas', async ({ person: { page } }) => {
      for (const path of ['/personas', '/personas/stoic?view=fragments', '/personas/compare']) {
        await page.goto(path)
        await expectAccessible(page)
      }
    })
  })
}
