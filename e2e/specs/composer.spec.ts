import { MAX_MESSAGE_LENGTH } from '#lib/chat/limits.ts'
import { longAnswer } from '../provider/answers.ts'
import {
  answers,
  composer,
  conversationLinks,
  converse,
  questions,
  send,
  sendButton,
  uniqueWord,
  waitForEnd,
} from '../support/conversation-page.ts'
import { expect, test } from '../support/test.ts'

test('Enter sends, Shift+Enter breaks the line', async ({ person: { page, api } }) => {
  await composer(page).fill('one')
  await page.keyboard.press('Shift+Enter')
  await page.keyboard.type('two')
  await expect(composer(page)).toHaveValue('one\ntwo')
  await page.keyboard.press('Enter')
  await expect(questions(page)).toContainText('one')
  await expect(composer(page)).toHaveValue('')
  await waitForEnd(page)
  const id = page.url().split('/').at(-1) ?? ''
  expect((await api.conversation(id)).messages[0]?.text).toBe('one\ntwo')
})

test('Enter that ends a composition of an input method does not send', async ({ person: { page } }) => {
  await composer(page).focus()
  const session = await page.context().newCDPSession(page)
  await session.send('Input.imeSetComposition', { text: 'にほん', selectionStart: 3, selectionEnd: 3 })
  // The key that picks a candidate: code 229, while the composition still runs.
  await session.send('Input.dispatchKeyEvent', {
    type: 'rawKeyDown',
    key: 'Enter',
    code: 'Enter',
    windowsVirtualKeyCode: 229,
    nativeVirtualKeyCode: 229,
  })
  await session.send('Input.insertText', { text: '日本' })
  await expect(composer(page)).toHaveValue('日本')
  await expect(questions(page)).toHaveCount(0)
  await page.keyboard.press('Enter')
  await expect(questions(page)).toContainText('日本')
  await waitForEnd(page)
})

test('Safari’s Enter after a composition does not send', async ({ person: { page } }) => {
  await composer(page).fill('日本')
  // Safari ends the composition before the key event, whose isComposing is false and whose code is still 229.
  const wasPrevented = await composer(page).evaluate((field) => {
    const event = new KeyboardEvent('keydown', {
      key: 'Enter',
      keyCode: 229,
      bubbles: true,
      cancelable: true,
    })
    return !field.dispatchEvent(event)
  })
  expect(wasPrevented).toBe(false)
  await expect(questions(page)).toHaveCount(0)
  await expect(composer(page)).toHaveValue('日本')
})

test('an empty message cannot be sent', async ({ person: { page } }) => {
  await composer(page).fill('  \n ')
  await page.keyboard.press('Enter')
  await expect(questions(page)).toHaveCount(0)
  await expect(sendButton(page)).toBeDisabled()
})

test('drafts survive a reload, one per conversation', async ({ person: { page } }) => {
  await converse(page, 'A conversation with a draft')
  const url = page.url()
  await composer(page).fill('half a thought')
  await page.goto('/')
  await expect(composer(page)).toHaveValue('')
  await composer(page).fill('another thought')
  await page.reload()
  await expect(composer(page)).toHaveValue('another thought')
  await conversationLinks(page).first().click()
  await expect(page).toHaveURL(url)
  await expect(composer(page)).toHaveValue('half a thought')
  await page.reload()
  await expect(composer(page)).toHaveValue('half a thought')
  await sendButton(page).click()
  await waitForEnd(page)
  await page.reload()
  await expect(questions(page).last()).toContainText('half a thought')
  await expect(composer(page)).toHaveValue('')
})

test('what is typed in mid-word when the browser goes back is there again', async ({ person: { page } }) => {
  await converse(page, 'The first')
  await page.getByRole('button', { name: 'New conversation' }).click()
  await expect(questions(page)).toHaveCount(0)
  await converse(page, 'The second')
  const second = page.url()
  await page.keyboard.type('half a wo')
  await page.goBack()
  await expect(page).not.toHaveURL(second)
  await expect(composer(page)).toHaveValue('')
  await page.goForward()
  await expect(page).toHaveURL(second)
  await expect(composer(page)).toHaveValue('half a wo')
})

test('a message that is too long stays, and the limit is named', async ({
  person: { page },
  problems,
  provider,
}) => {
  problems.allow(/status of 413/)
  const word = uniqueWord()
  const text = word + longAnswer(MAX_MESSAGE_LENGTH + 1 - word.length).replaceAll(/\s/g, '-')
  await composer(page).fill(text)
  await page.keyboard.press('Enter')
  await expect(page.getByText(/32[,.  ]?000/)).toBeVisible()
  await expect(composer(page)).toHaveValue(text)
  await expect(questions(page)).toHaveCount(0)
  expect(await provider.requests({ contains: word })).toEqual([])
  await composer(page).fill(text.slice(0, -1))
  await page.keyboard.press('Enter')
  await expect(questions(page)).toHaveCount(1)
  await waitForEnd(page)
})

test('a failed send keeps the text', async ({ person: { page, context }, problems }) => {
  problems.allow(/ERR_INTERNET_DISCONNECTED|Failed to fetch|network/i)
  await converse(page, 'While the line holds')
  await context.setOffline(true)
  await send(page, 'While it does not')
  await expect(questions(page).last()).toContainText('Not sent yet')
  const kept = async () =>
    (await composer(page).inputValue()) + (await questions(page).allTextContents()).join(' ')
  expect(await kept()).toContain('While it does not')
  await context.setOffline(false)
  await page.reload()
  await expect(composer(page)).toBeVisible()
  await expect.poll(kept).toContain('While it does not')
})

test('a double click sends once', async ({ person: { page }, provider }) => {
  const word = uniqueWord()
  await composer(page).fill(word)
  await sendButton(page).dblclick()
  await expect(answers(page)).toContainText(word)
  await waitForEnd(page)
  await expect(questions(page)).toHaveCount(1)
  expect(await provider.requests({ contains: word, kind: 'answer' })).toHaveLength(1)
})

test('it grows to 40 % of the height and no further', async ({ person: { page } }) => {
  await page.setViewportSize({ width: 1000, height: 800 })
  const height = async () => (await composer(page).boundingBox())?.height ?? 0
  const oneLine = await height()
  await composer(page).fill('one\ntwo\nthree')
  await expect.poll(height).toBeGreaterThan(oneLine)
  await composer(page).fill('line\n'.repeat(100))
  await expect.poll(height).toBeGreaterThan(250)
  expect(await height()).toBeLessThanOrEqual(320 + 1)
  await composer(page).fill('')
  await expect.poll(height).toBe(oneLine)
})
