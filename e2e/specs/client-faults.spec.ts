import type { Page } from '@playwright/test'
import {
  answers,
  composer,
  conversationIdOf,
  converse,
  expectedWords,
  questions,
  send,
  shownWords,
  stopButton,
  uniqueWord,
  waitForEnd,
} from '../support/conversation-page.ts'
import { fillSignIn } from '../support/person.ts'
import { expect, test } from '../support/test.ts'

/** What the browser logs of connections that these tests have broken. */
const BROKEN =
  /ERR_INTERNET_DISCONNECTED|ERR_FAILED|ERR_ABORTED|ERR_NETWORK|status of (401|503)|EventSource|Failed to fetch/

test.beforeEach(({ problems }) => problems.allow(BROKEN))

/** The first 30 of 150 words; the rest, also word by word, when the test opens the gate of this name. */
function halfAnswer(gate: string): string {
  return `${gate} [scenario:gated gate=${gate} before=30 tokens=150 delay=5]`
}

const lostConnection = (page: Page) => page.getByText('The connection is lost. Looking for the answer')

test('offline in mid-answer and back: the rest follows, no word twice', async ({
  person: { page, context, api },
  provider,
}) => {
  const gate = uniqueWord()
  await send(page, halfAnswer(gate))
  await expect(answers(page)).toContainText('word30')
  // What holds the connection of the answer is cut, too: going offline alone leaves it open here.
  await context.setOffline(true)
  await page.evaluate(() => dispatchEvent(new Event('online')))
  await expect(lostConnection(page)).toBeVisible()
  expect(await shownWords(answers(page))).toEqual(expectedWords(30))
  await provider.openGate(gate)
  const id = conversationIdOf(page)
  await expect.poll(async () => (await api.conversation(id)).conversation.running).toBe(false)
  await context.setOffline(false)
  await waitForEnd(page)
  await expect(lostConnection(page)).toHaveCount(0)
  expect(await shownWords(answers(page))).toEqual(expectedWords(150))
  expect(await provider.requests({ contains: gate, kind: 'answer' })).toHaveLength(1)
})

test('a computer that slept shows the whole answer when it wakes', async ({ person, provider }) => {
  const { page } = person
  await page.clock.install()
  await page.goto('/')
  const gate = uniqueWord()
  await send(page, halfAnswer(gate))
  await expect(answers(page)).toContainText('word30')
  await provider.openGate(gate)
  await page.clock.fastForward('30:00')
  await page.clock.resume()
  await waitForEnd(page)
  expect(await shownWords(answers(page))).toEqual(expectedWords(150))
  expect(await provider.requests({ contains: gate, kind: 'answer' })).toHaveLength(1)
})

test('back and forward through other pages in mid-answer', async ({ person: { page }, provider }) => {
  const gate = uniqueWord()
  await send(page, halfAnswer(gate))
  await expect(answers(page)).toContainText('word30')
  await page.goto('/settings')
  await page.goBack()
  await expect(answers(page)).toContainText('word30')
  await page.goForward()
  await expect(page).toHaveURL('/settings')
  await provider.openGate(gate)
  await page.goBack()
  await waitForEnd(page)
  expect(await shownWords(answers(page))).toEqual(expectedWords(150))
  expect(await provider.requests({ contains: gate, kind: 'answer' })).toHaveLength(1)
})

test('a page that is brought back as it was left catches up', async ({ person: { page, api }, provider }) => {
  const gate = uniqueWord()
  await send(page, halfAnswer(gate))
  await expect(answers(page)).toContainText('word30')
  const id = conversationIdOf(page)
  // The browser of these tests keeps no pages: the connections are cut and the event is sent as it would be.
  await page.route('**/api/chat/*/stream*', (route) => route.abort())
  await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })))
  await expect(lostConnection(page)).toBeVisible()
  await provider.openGate(gate)
  await expect.poll(async () => (await api.conversation(id)).conversation.running).toBe(false)
  await page.unroute('**/api/chat/*/stream*')
  await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })))
  await waitForEnd(page)
  expect(await shownWords(answers(page))).toEqual(expectedWords(150))
})

test('a second device shows what the first one asked, and stops it', async ({ person, browser, origin }) => {
  const { page } = person
  await converse(page, 'On the first device')
  const device = await browser.newContext({ baseURL: origin })
  const second = await device.newPage()
  await second.goto('/login')
  await fillSignIn(second, person)
  await composer(second).waitFor()
  await second.goto(page.url())
  await expect(answers(second)).toHaveCount(1)
  await send(page, '[scenario:slow tokens=2000 delay=15]')
  await expect(answers(second).last()).toContainText('word20')
  await stopButton(second).click()
  await waitForEnd(second)
  await waitForEnd(page)
  const shown = await shownWords(answers(page).last())
  expect(shown).toEqual(expectedWords(shown.length))
  await expect.poll(() => shownWords(answers(second).last())).toEqual(shown)
  await device.close()
})

test('Stop during the pauses of the provider’s retries ends them', async ({
  person: { page, api },
  provider,
}) => {
  let word = ''
  const called = async () => (await provider.requests({ contains: word, kind: 'answer' })).length
  // The pauses are half a second together: on a slow machine they may be over before the key is pressed.
  await expect(async () => {
    word = uniqueWord()
    await provider.arrange(word, 'status code=503')
    await composer(page).fill(word)
    await page.keyboard.press('Enter')
    await expect.poll(called, { intervals: [10] }).toBeGreaterThan(0)
    await page.keyboard.press('Escape')
    await waitForEnd(page)
    await expect(answers(page).last()).toContainText('You stopped this answer', { timeout: 2_000 })
  }).toPass({ timeout: 60_000 })
  const { messages } = await api.conversation(conversationIdOf(page))
  expect(messages.at(-1)).toMatchObject({ generation: { status: 'stopped', errorCode: null } })
  const calls = await called()
  expect(calls).toBeLessThan(3)
  const next = uniqueWord()
  await send(page, `After that ${next}`)
  await expect(answers(page).last()).toContainText(next)
  expect(await called()).toBe(calls)
})

test('what is sent right after Stop is answered, and asked for once', async ({
  person: { page },
  provider,
}) => {
  const first = uniqueWord()
  await send(page, `${first} [scenario:slow tokens=2000 delay=15]`)
  await expect(answers(page)).toContainText('word10')
  const next = uniqueWord()
  await composer(page).fill(`Rather this ${next}`)
  await stopButton(page).click()
  await composer(page).press('Enter')
  await expect(answers(page).last()).toContainText(`Rather this ${next}`)
  await waitForEnd(page)
  await expect(questions(page)).toHaveCount(2)
  await expect(answers(page).first()).toContainText('You stopped this answer')
  expect(await provider.requests({ contains: first, kind: 'answer' })).toHaveLength(1)
  expect(await provider.requests({ contains: next, kind: 'answer' })).toHaveLength(1)
})

test('a double click on Retry or Continue asks once', async ({ person: { page }, provider }) => {
  const word = uniqueWord()
  await provider.arrange(word, 'status code=401')
  await send(page, word)
  const retry = answers(page).getByRole('button', { name: 'Retry', exact: true })
  await expect(retry).toBeVisible()
  await provider.arrange(word, 'length tokens=9')
  await retry.dblclick()
  const goOn = answers(page).getByRole('button', { name: 'Continue', exact: true })
  await expect(goOn).toBeVisible()
  expect(await provider.requests({ contains: word, kind: 'answer' })).toHaveLength(2)
  await goOn.dblclick()
  await expect(goOn).toHaveCount(0)
  await waitForEnd(page)
  expect((await shownWords(answers(page))).slice(0, 9)).toEqual(expectedWords(9))
  await expect(answers(page)).toHaveCount(1)
})

test('a session that expires in mid-answer: signed in again, the answer goes on', async ({
  person,
  provider,
}) => {
  const { page, context } = person
  const gate = uniqueWord()
  await send(page, halfAnswer(gate))
  await expect(answers(page)).toContainText('word30')
  await context.clearCookies()
  await page.evaluate(() => dispatchEvent(new Event('online')))
  const notice = page.getByRole('alert').filter({ hasText: 'Sign in again' })
  await expect(notice).toBeVisible()
  expect(await shownWords(answers(page))).toEqual(expectedWords(30))
  const other = await context.newPage()
  await other.goto('/login')
  await fillSignIn(other, person)
  await composer(other).waitFor()
  await page.bringToFront()
  await expect(notice).toHaveCount(0)
  await provider.openGate(gate)
  await waitForEnd(page)
  expect(await shownWords(answers(page))).toEqual(expectedWords(150))
  expect(await provider.requests({ contains: gate, kind: 'answer' })).toHaveLength(1)
})
