import type { Page } from '@playwright/test'
import {
  answers,
  composer,
  conversationLinks,
  converse,
  questions,
  send,
  sendButton,
  stopButton,
  uniqueWord,
  waitForEnd,
} from '../support/conversation-page.ts'
import { expectAccessible } from '../support/expect-accessible.ts'
import { newCredentials } from '../support/person.ts'
import { expect, test } from '../support/test.ts'

test.describe('axe finds nothing serious', () => {
  for (const path of ['/login', '/register']) {
    test(`on ${path}`, async ({ page }) => {
      await page.goto(path)
      await expect(page.getByLabel('Email')).toBeVisible()
      await expectAccessible(page)
    })
  }

  test('on a new conversation, with menus open', async ({ person: { page } }) => {
    await expectAccessible(page)
    await page.getByRole('combobox', { name: 'Persona' }).click()
    await expect(page.getByRole('option').first()).toBeVisible()
    await expectAccessible(page)
  })

  test('on a rich conversation, while streaming, and after a failure', async ({
    person: { page },
    provider,
  }) => {
    await converse(page, '[scenario:markdown]')
    await expect(answers(page).locator('.katex').first()).toBeVisible()
    await expectAccessible(page)
    const gate = uniqueWord()
    await send(page, `${gate} [scenario:gated gate=${gate}]`)
    await expect(answers(page).last()).toContainText('word5')
    await expectAccessible(page)
    await provider.openGate(gate)
    await waitForEnd(page)
    await send(page, `${uniqueWord()} [scenario:status code=401]`)
    await expect(page.getByRole('button', { name: /^(retry|try again)$/i })).toBeVisible()
    await expectAccessible(page)
  })

  test('where something did not go well', async ({ person: { page, context }, provider, problems }) => {
    // Seven states, each searched whole.
    test.slow()
    problems.allow(/ERR_FAILED|status of 401/)
    const endings = [
      ['reset tokens=6', 'Continue'],
      ['length tokens=6', 'Continue'],
      ['filter tokens=6', 'Edit the question'],
      ['status code=429 retry-after=60', /^Wait \d+ s$/],
    ] as const
    for (const [scenario, button] of endings) {
      const word = uniqueWord()
      await provider.arrange(word, scenario)
      await send(page, word)
      await expect(answers(page).last().getByRole('button', { name: button })).toBeVisible()
      await expectAccessible(page)
    }
    await context.route('**/api/chat', (route) => route.abort())
    await send(page, 'A message that waits')
    await expect(page.getByText('Not sent yet')).toBeVisible()
    await composer(page).fill('The next one')
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Discard' }).click()
    await expect(page.getByText('Message discarded')).toBeVisible()
    await expectAccessible(page)
    await context.unroute('**/api/chat')
    await context.clearCookies()
    await sendButton(page).click()
    await expect(page.getByRole('link', { name: 'Sign in again' })).toBeVisible()
    await expectAccessible(page)
  })

  test('on the page of settings', async ({ account: { page } }) => {
    await page.goto('/settings')
    await expect(page.getByRole('button', { name: 'Change password' })).toBeVisible()
    await expectAccessible(page)
  })

  test('on a page that does not exist', async ({ account: { page }, problems }) => {
    problems.allow(/status of 404/)
    await page.goto('/chat/018f0000-0000-7000-8000-000000000000')
    // What is sent of such a page is set by its scripts, with all that <html> says.
    await expect(page.getByRole('main').getByRole('heading')).toBeVisible()
    await expectAccessible(page)
  })
})

for (const width of [320, 2560]) {
  test(`nothing scrolls sideways at ${width} px`, async ({ person: { page }, browser, origin }) => {
    const overflow = (target: Page) =>
      target.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    await page.setViewportSize({ width, height: 700 })
    await page.goto('/')
    await expect(composer(page)).toBeVisible()
    expect(await overflow(page)).toBeLessThanOrEqual(0)
    await converse(page, `${'unbroken'.repeat(60)} [scenario:markdown]`)
    await expect(answers(page).locator('.katex').first()).toBeVisible()
    expect(await overflow(page)).toBeLessThanOrEqual(0)
    await expect(composer(page)).toBeInViewport({ ratio: 1 })
    await expect(questions(page)).toBeVisible()

    const signedOut = await browser.newContext({ baseURL: origin, viewport: { width, height: 700 } })
    const form = await signedOut.newPage()
    for (const path of ['/login', '/register']) {
      await form.goto(path)
      expect(await overflow(form), path).toBeLessThanOrEqual(0)
    }
    await signedOut.close()
  })
}

test('at 320 px the list of conversations can be opened', async ({ person: { page } }) => {
  await page.setViewportSize({ width: 320, height: 700 })
  await converse(page, 'A conversation on a small screen')
  await page.goto('/')
  await expect(composer(page)).toBeVisible()
  await page.getByRole('button', { name: /conversations|sidebar/i }).click()
  await conversationLinks(page).first().click()
  await expect(page).toHaveURL(/\/chat\//)
  await expect(questions(page)).toContainText('A conversation on a small screen')
  await expect(composer(page)).toBeInViewport()
})

/** Presses Tab until the element with this role and name has the focus. */
async function tabTo(
  page: Page,
  role: 'textbox' | 'button' | 'link' | 'combobox' | 'menuitem',
  name: string | RegExp,
) {
  const target = page.getByRole(role, { name }).first()
  for (let presses = 0; presses < 60; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`${role} "${name}" is not reached with Tab`)
}

test('the keyboard alone leads from sign-up to stopping, choosing and going back', async ({ page }) => {
  const { name, email, password } = newCredentials()
  await page.goto('/register')
  for (const [label, value] of [
    ['Name', name],
    ['Email', email],
    ['Password', password],
  ] as const) {
    for (let presses = 0; presses < 20; presses += 1) {
      const field = page.getByLabel(label, { exact: true })
      if (await field.evaluate((element) => element === document.activeElement)) break
      await page.keyboard.press('Tab')
    }
    await expect(page.getByLabel(label, { exact: true })).toBeFocused()
    await page.keyboard.type(value)
  }
  await page.keyboard.press('Enter')
  await expect(composer(page)).toBeFocused()

  await tabTo(page, 'combobox', 'Persona')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('option', { name: /^Tutor/ })).toBeVisible()
  await page.keyboard.type('Tutor')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('combobox', { name: 'Persona' })).toContainText('Tutor')

  await tabTo(page, 'textbox', 'Message')
  await page.keyboard.type('[scenario:slow tokens=2000 delay=15]')
  await page.keyboard.press('Enter')
  await expect(answers(page, 'Tutor')).toContainText('word10')
  await expect(stopButton(page)).toBeVisible()
  await page.keyboard.press('Escape')
  await waitForEnd(page)
  await expect(composer(page)).toBeFocused()

  await tabTo(page, 'button', 'New conversation')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL('/')
  await expect(composer(page)).toBeFocused()
  await tabTo(page, 'link', /About scenario|scenario|About/)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/chat\//)
})

test('a new answer is announced once, when it is done', async ({ person: { page } }) => {
  await page.evaluate(() => {
    const announced: string[] = []
    Object.assign(window, { announced })
    const observer = new MutationObserver((mutations) => {
      for (const { target } of mutations) {
        const element = target instanceof Element ? target : target.parentElement
        const region = element?.closest(
          '[aria-live]:not([aria-live="off"]), [role="status"], [role="alert"], [role="log"]',
        )
        const text = region?.textContent?.trim()
        if (text && announced.at(-1) !== text) announced.push(text)
      }
    })
    observer.observe(document.body, { childList: true, characterData: true, subtree: true })
  })
  await send(page, '[scenario:slow tokens=60 delay=10]')
  await expect(answers(page)).toContainText('word60')
  await waitForEnd(page)
  const announced = () => page.evaluate((): string[] => Reflect.get(window, 'announced'))
  await expect.poll(announced).not.toEqual([])
  const withWords = (await announced()).filter((text) => /word\d/.test(text))
  expect(withWords.length, 'announcements with words of the answer').toBeLessThanOrEqual(1)
  for (const text of withWords) expect(text).toContain('word60')
})

test('with reduced motion nothing moves for long', async ({ person: { page } }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.goto('/')
  await send(page, '[scenario:slow tokens=100 delay=20]')
  await expect(answers(page)).toContainText('word10')
  const moving = await page.evaluate(() =>
    document
      .getAnimations()
      .map((animation) => animation.effect?.getComputedTiming())
      .filter((timing) => Number(timing?.duration) > 10)
      .map((timing) => String(timing?.duration)),
  )
  expect(moving).toEqual([])
  await waitForEnd(page)
})

test('the theme is chosen from the account menu and stays', async ({ person: { page } }) => {
  const background = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)
  const before = await background()
  await page.getByRole('button', { name: /account/i }).click()
  await page.getByRole('menuitemradio', { name: 'Dark' }).click()
  await expect.poll(background).not.toBe(before)
  const dark = await background()
  await page.reload()
  expect(await background()).toBe(dark)
})
