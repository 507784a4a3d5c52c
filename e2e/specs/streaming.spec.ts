import type { Page } from '@playwright/test'
import {
  answers,
  composer,
  conversationIdOf,
  expectedWords,
  numberedWords,
  send,
  sendButton,
  shownWords,
  stopButton,
  uniqueWord,
  waitForEnd,
} from '../support/conversation-page.ts'
import { expect, test } from '../support/test.ts'

/** Notes when the person presses a key or the mouse: a test's click takes a while to get to the button. */
async function recordPress(page: Page): Promise<void> {
  await page.evaluate(() => {
    const note = () => Object.assign(window, { pressedAt: Date.now() })
    for (const type of ['pointerdown', 'keydown']) addEventListener(type, note, { capture: true, once: true })
  })
}

/** The first 30 of 150 words; the rest, also word by word, when the test opens the gate of this name. */
function halfAnswer(gate: string): string {
  return `${gate} [scenario:gated gate=${gate} before=30 tokens=150 delay=5]`
}

test('an answer is seen while it is written', async ({ person: { page }, provider }) => {
  const gate = uniqueWord()
  await send(page, `${gate} [scenario:gated gate=${gate} before=5 tokens=20]`)
  await expect(answers(page)).toContainText('word5')
  await expect(page).toHaveURL(/\/chat\/[0-9a-f-]{36}$/)
  await expect(stopButton(page)).toBeVisible()
  expect(await shownWords(answers(page))).toEqual(expectedWords(5))
  await provider.openGate(gate)
  await waitForEnd(page)
  expect(await shownWords(answers(page))).toEqual(expectedWords(20))
})

for (const means of ['the button', 'Escape'] as const) {
  test(`${means} stops: the call ends within a second, what was shown is kept`, async ({
    person,
    provider,
  }) => {
    const { page, api } = person
    const word = uniqueWord()
    await send(page, `${word} [scenario:slow tokens=2000 delay=15]`)
    await expect(answers(page)).toContainText('word30')
    await recordPress(page)
    if (means === 'Escape') await page.keyboard.press('Escape')
    else await stopButton(page).click()

    await expect
      .poll(async () => (await provider.requests({ contains: word, kind: 'answer' }))[0]?.closed?.by)
      .toBe('client')
    const [call] = await provider.requests({ contains: word, kind: 'answer' })
    const pressedAt = await page.evaluate((): number => Reflect.get(window, 'pressedAt'))
    expect((call?.closed?.time ?? Number.POSITIVE_INFINITY) - pressedAt).toBeLessThan(1000)

    await waitForEnd(page)
    const shown = await shownWords(answers(page))
    expect(shown).toEqual(expectedWords(shown.length))
    const { messages } = await api.conversation(conversationIdOf(page))
    expect(numberedWords(messages[1]?.text ?? '')).toEqual(shown)
    await page.reload()
    await expect(answers(page)).toBeVisible()
    expect(await shownWords(answers(page))).toEqual(shown)
  })
}

test('stopping before the first word leaves a conversation that goes on', async ({
  person: { page },
  provider,
}) => {
  const word = uniqueWord()
  await send(page, `${word} [scenario:stall tokens=0]`)
  await expect.poll(async () => (await provider.requests({ contains: word, kind: 'answer' })).length).toBe(1)
  await stopButton(page).click()
  await waitForEnd(page)
  const next = uniqueWord()
  await send(page, `${next} [scenario:slow tokens=5 delay=0]`)
  await expect(answers(page).last()).toContainText('word5')
  const [call] = await provider.requests({ contains: next, kind: 'answer' })
  const roles = call?.body.messages.map(({ role }) => role).filter((role) => role !== 'system')
  expect(roles, 'an empty answer is no part of the history').not.toContain('assistant')
})

test('a reload in mid-stream shows every word once', async ({ person: { page }, provider }) => {
  const word = uniqueWord()
  await send(page, halfAnswer(word))
  await expect(answers(page)).toContainText('word30')
  await page.reload()
  await expect(answers(page)).toContainText('word30')
  await expect(stopButton(page)).toBeVisible()
  await provider.openGate(word)
  await waitForEnd(page)
  expect(await shownWords(answers(page))).toEqual(expectedWords(150))
  expect(await provider.requests({ contains: word, kind: 'answer' })).toHaveLength(1)
})

test('the answer that runs can be stopped after a reload', async ({ person: { page }, provider }) => {
  const word = uniqueWord()
  await send(page, `${word} [scenario:slow tokens=2000 delay=15]`)
  await expect(answers(page)).toContainText('word10')
  await page.reload()
  await stopButton(page).click()
  await waitForEnd(page)
  const [call] = await provider.requests({ contains: word, kind: 'answer' })
  expect(call?.closed?.by).toBe('client')
})

test('two tabs show the same answer, and either stops it', async ({ person: { page, context } }) => {
  await send(page, '[scenario:slow tokens=6000 delay=15]')
  await expect(answers(page)).toContainText('word10')
  const second = await context.newPage()
  await second.goto(page.url())
  await expect(answers(second)).toContainText('word40')
  await stopButton(second).click()
  await waitForEnd(second)
  await waitForEnd(page)
  const shown = await shownWords(answers(page))
  expect(shown).toEqual(expectedWords(shown.length))
  await expect.poll(() => shownWords(answers(second))).toEqual(shown)
})

test('what is sent in one tab appears in another', async ({ person: { page, context } }) => {
  await send(page, 'The first question')
  await waitForEnd(page)
  const second = await context.newPage()
  await second.goto(page.url())
  await expect(answers(second)).toHaveCount(1)
  await send(page, `A second question [scenario:slow tokens=30 delay=20]`)
  await expect(second.getByRole('article', { name: 'You' }).last()).toContainText('A second question')
  await expect(answers(second).last()).toContainText('word30')
  await waitForEnd(second)
  expect(await shownWords(answers(second).last())).toEqual(expectedWords(30))
})

test('a closed tab loses nothing', async ({ person: { page, context, api }, provider }) => {
  const word = uniqueWord()
  await send(page, halfAnswer(word))
  await expect(answers(page)).toContainText('word30')
  const url = page.url()
  const id = conversationIdOf(page)
  await page.close()
  await provider.openGate(word)
  await expect
    .poll(async () => (await api.conversation(id)).conversation.running, { timeout: 20_000 })
    .toBe(false)
  const [call] = await provider.requests({ contains: word, kind: 'answer' })
  expect(call?.closed?.by).toBe('provider')

  const back = await context.newPage()
  await back.goto(url)
  expect(await shownWords(answers(back))).toEqual(expectedWords(150))
  await expect(sendButton(back)).toBeVisible()
  await expect(composer(back)).toBeVisible()
})

test('leaving for another conversation and coming back finds the answer going on', async ({
  person: { page },
  provider,
}) => {
  const word = uniqueWord()
  await send(page, halfAnswer(word))
  await expect(answers(page)).toContainText('word30')
  const url = page.url()
  await page.getByRole('button', { name: 'New conversation' }).click()
  await expect(page.getByRole('article')).toHaveCount(0)
  await expect(sendButton(page)).toBeVisible()
  await page.goBack()
  await expect(page).toHaveURL(url)
  await expect(stopButton(page)).toBeVisible()
  await provider.openGate(word)
  await waitForEnd(page)
  expect(await shownWords(answers(page))).toEqual(expectedWords(150))
})
