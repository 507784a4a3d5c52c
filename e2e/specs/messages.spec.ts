import {
  dirtyAnswerCleaned,
  FOREIGN_HOST,
  longAnswer,
  markdownAnswer,
  unicodeAnswer,
} from '../provider/answers.ts'
import {
  answers,
  conversationIdOf,
  converse,
  expectedWords,
  isAtEnd,
  questions,
  send,
  shownWords,
  waitForEnd,
} from '../support/conversation-page.ts'
import { expect, test } from '../support/test.ts'

test.describe('a rich answer', () => {
  test.beforeEach(async ({ person: { page } }) => {
    await converse(page, 'Show everything [scenario:markdown]')
  })

  test('is drawn: headings, table, code, math, lists', async ({ person: { page } }) => {
    const answer = answers(page)
    await expect(answer.getByRole('heading', { name: 'A heading' })).toBeVisible()
    await expect(answer.getByRole('cell', { name: 'Energy' })).toBeVisible()
    await expect(answer.locator('pre code').first()).toContainText('return value * 2')
    await expect(answer.locator('.katex').first()).toBeVisible()
    await expect(answer.getByRole('listitem').filter({ hasText: 'nested' }).last()).toBeVisible()
    await expect(answer.getByRole('blockquote')).toContainText('A quotation.')
    await expect(answer).not.toContainText('\\int_0^1 x^2 \\, dx = \\frac{1}{3} $$')
  })

  test('has its code highlighted', async ({ person: { page } }) => {
    const colours = () =>
      answers(page)
        .locator('pre code span')
        .evaluateAll((spans) => new Set(spans.map((span) => getComputedStyle(span).color)).size)
    await expect.poll(colours).toBeGreaterThan(1)
  })

  test('loads no image from another origin and keeps raw HTML as text', async ({ person: { page } }) => {
    const answer = answers(page)
    await expect(answer).toContainText('The end.')
    // A request to another origin would fail every test; here the elements must not even be there.
    expect(await answer.locator(`img[src*="${FOREIGN_HOST}"]`).count()).toBe(0)
    await expect(answer.locator('#raw-html')).toHaveCount(0)
    await expect(answer).toContainText('<b id="raw-html">raw bold</b>')
    await expect(answer.locator('script')).toHaveCount(0)
    expect(await page.evaluate(() => 'rawHtmlRan' in window)).toBe(false)
  })

  test('has no link that runs a script or opens data', async ({ person: { page } }) => {
    const hrefs = await answers(page)
      .locator('a')
      .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''))
    expect(hrefs.filter((href) => /^\s*(javascript|data|vbscript):/i.test(href))).toEqual([])
  })

  test('is the same after a reload, and stored as it was sent', async ({ person: { page, api } }) => {
    await expect(answers(page).locator('.katex').first()).toBeVisible()
    await expect.poll(() => answers(page).locator('pre code span').count()).toBeGreaterThan(3)
    const { messages } = await api.conversation(conversationIdOf(page))
    expect(messages[1]?.text).toBe(markdownAnswer)
    await page.reload()
    await expect(answers(page).getByRole('cell', { name: 'Energy' })).toBeVisible()
    await expect(answers(page).locator('.katex').first()).toBeVisible()
    await expect(answers(page).locator('script, #raw-html')).toHaveCount(0)
  })

  test('gives its code and itself to the clipboard', async ({ person: { page, context } }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    const read = () => page.evaluate(() => navigator.clipboard.readText())
    const answer = answers(page)
    await answer.hover()
    await answer.locator('pre').first().hover()
    await answer
      .getByRole('button', { name: /copy code/i })
      .first()
      .click()
    await expect
      .poll(read)
      .toContain('export function double(value: number): number {\n  return value * 2\n}')
    await answer.hover()
    await answer.getByRole('button', { name: /^copy( answer| message)?$/i }).click()
    await expect.poll(read).toBe(markdownAnswer)
  })
})

test('details stand under an answer on hover and on focus', async ({ person: { page } }) => {
  await converse(page, 'Hello [scenario:slow tokens=17 delay=1]')
  const answer = answers(page)
  await answer.hover()
  await expect(answer.getByText('scripted-main')).toBeVisible()
  await expect(answer.getByText(/17 tokens/)).toBeVisible()
  await expect(answer.getByText(/\d m?s\b/)).toBeVisible()
})

test('tokens that the provider did not report are not called 0', async ({ person: { page, api } }) => {
  await converse(page, 'Hello [scenario:no-usage]')
  const { messages } = await api.conversation(conversationIdOf(page))
  expect(messages[1]).toMatchObject({
    generation: { status: 'complete', inputTokens: null, outputTokens: null },
  })
  await answers(page).hover()
  await expect(answers(page).getByText('scripted-main')).toBeVisible()
  await expect(answers(page).getByText(/\b0 tokens/)).toHaveCount(0)
})

test('every script of the world arrives whole', async ({ person: { page, api } }) => {
  await converse(page, '[scenario:unicode]')
  await expect(answers(page)).toContainText(unicodeAnswer)
  const { messages } = await api.conversation(conversationIdOf(page))
  expect(messages[1]?.text).toBe(unicodeAnswer)
})

test('what PostgreSQL cannot keep is not shown either', async ({ person: { page, api } }) => {
  await converse(page, '[scenario:dirty]')
  const { messages } = await api.conversation(conversationIdOf(page))
  expect(messages[1]?.text).toBe(dirtyAnswerCleaned)
  await expect(answers(page)).toContainText(dirtyAnswerCleaned)
})

test('a question is shown as it was written', async ({ person: { page } }) => {
  const text = '# no heading <b>no bold</b>\n\n    four spaces & an ampersand'
  await converse(page, text)
  await expect(questions(page).getByRole('heading', { name: 'no heading' })).toHaveCount(0)
  await expect(questions(page).locator('b')).toHaveCount(0)
  await expect(questions(page)).toContainText('<b>no bold</b>')
})

test('a very long answer arrives whole', async ({ person: { page, api } }) => {
  await converse(page, '[scenario:long characters=60000]')
  const { messages } = await api.conversation(conversationIdOf(page))
  expect(messages[1]?.text).toBe(longAnswer(60_000).trimEnd())
  await expect(answers(page)).toContainText('Sentence 1 says')
})

test.describe('scrolling', () => {
  test('follows the stream until the person scrolls up, and jumps down again', async ({
    person: { page },
  }) => {
    await page.setViewportSize({ width: 900, height: 500 })
    await converse(page, '[scenario:slow tokens=400 delay=0]')
    await send(page, '[scenario:slow tokens=800 delay=12]')
    const answer = answers(page).last()
    await expect(answer).toContainText('word150')
    expect(await isAtEnd(page)).toBe(true)

    const jump = page.getByRole('button', { name: 'Jump to latest' })
    await expect(jump).toBeHidden()
    await answer.hover()
    await page.mouse.wheel(0, -600)
    await expect(jump).toBeVisible()
    const positionOfFirst = async () => (await answers(page).first().boundingBox())?.y
    const before = await positionOfFirst()
    await expect(answer).toContainText('word300')
    expect(await positionOfFirst()).toBe(before)

    await jump.click()
    await expect(jump).toBeHidden()
    await expect(answer).toContainText('word450')
    await expect.poll(() => isAtEnd(page)).toBe(true)
    await waitForEnd(page)
    await expect.poll(() => isAtEnd(page)).toBe(true)
  })

  test('a conversation opens at its end', async ({ person: { page } }) => {
    await page.setViewportSize({ width: 900, height: 500 })
    await converse(page, '[scenario:slow tokens=900 delay=0]')
    await page.reload()
    await expect(answers(page)).toBeVisible()
    await expect.poll(() => isAtEnd(page)).toBe(true)
  })
})

test('stored answers are in the HTML of the server', async ({ person: { page, api } }) => {
  await converse(page, '[scenario:slow tokens=30 delay=0]')
  const response = await api.call('GET', new URL(page.url()).pathname)
  const html = await response.text()
  const withoutScripts = html.replaceAll(/<script\b[^>]*>.*?<\/script>/gs, '')
  expect(withoutScripts).toContain('[scenario:slow tokens=30 delay=0]')
  expect(withoutScripts).toContain('word1 word2')
  expect(withoutScripts).toContain('word30')
})

test('without JavaScript a conversation can be read', async ({
  person: { page, context },
  browser,
  origin,
}) => {
  await converse(page, '[scenario:slow tokens=30 delay=0]')
  const bare = await browser.newContext({
    baseURL: origin,
    javaScriptEnabled: false,
    storageState: await context.storageState(),
  })
  const barePage = await bare.newPage()
  await barePage.goto(page.url())
  expect(await shownWords(answers(barePage))).toEqual(expectedWords(30))
  await bare.close()
})
