import type { Page } from '@playwright/test'
import { explainGenerationError } from '#lib/chat/generation-errors.ts'
import { numberedAnswer } from '../provider/answers.ts'
import {
  answers,
  composer,
  conversationIdOf,
  expectedWords,
  numberedWords,
  questions,
  send,
  shownWords,
  stopButton,
  uniqueWord,
  waitForEnd,
} from '../support/conversation-page.ts'
import { countKept } from '../support/count-kept.ts'
import { expect, test } from './support/test.ts'
import { callsFor, lastAnswer } from './support/turns.ts'

test.describe.configure({ mode: 'default' })
test.use({ stackOptions: { servers: [{}, { OPENAI_FALLBACK_MODEL: 'scripted-fallback' }] } })

const UNSAVED = 'It cannot be saved at the moment'

test.beforeEach(async ({ person: { page } }) => {
  await page.goto('/')
})

function remedyButton(page: Page, name: string | RegExp) {
  return answers(page).last().getByRole('button', { name })
}

test('a rate limit of a minute: its time is seen within 2 s, and the button waits', async ({
  person: { page },
}) => {
  await send(page, `${uniqueWord()} [scenario:status code=429 retry-after=60]`)
  await expect(answers(page)).toContainText(/asks to wait (60|59|58) s/, { timeout: 2_000 })
  await expect(remedyButton(page, /^Wait \d+ s$/)).toBeDisabled()
  await expect(stopButton(page)).toHaveCount(0)
})

test('the fallback answers: the model that wrote it is named', async ({ stack, person: { context } }) => {
  const page = await context.newPage()
  await page.goto(stack.servers[1]?.origin ?? '')
  await send(page, `${uniqueWord()} [scenario:status code=404 times=1]`)
  await expect(answers(page)).toContainText('You wrote')
  await waitForEnd(page)
  await expect(answers(page)).toContainText('Written by scripted-fallback')
  await page.close()
})

test('kill -9 in mid-answer: what was shown stays, nothing spins, Continue goes on', async ({
  stack,
  person: { page, api },
}) => {
  await send(page, `${uniqueWord()} [continue:plain tokens=3] [scenario:slow tokens=2000 delay=10]`)
  await expect(answers(page)).toContainText('word150')
  await stack.server.kill()
  await expect(page.getByRole('status').filter({ hasText: 'connection is lost' })).toBeVisible()
  const shown = await shownWords(answers(page))
  await stack.server.start()
  const button = remedyButton(page, 'Continue')
  await expect(button).toBeVisible()
  await expect(answers(page)).toContainText(explainGenerationError('interrupted').title)
  await expect(stopButton(page)).toHaveCount(0)
  await expect(page.getByRole('status').filter({ hasText: 'connection is lost' })).toHaveCount(0)
  const kept = numberedWords((await lastAnswer(api, conversationIdOf(page))).text)
  expect(kept).toEqual(expectedWords(kept.length))
  // A second of it, at one word in 10 ms or slower.
  expect(kept.length).toBeGreaterThanOrEqual(shown.length - 100)
  await expect.poll(() => shownWords(answers(page)), 'what is kept is what is shown').toEqual(kept)

  await button.click()
  await waitForEnd(page)
  await expect(button).toHaveCount(0)
  const whole = await shownWords(answers(page))
  expect(whole).toEqual(expectedWords(kept.length + 3))
  expect((await lastAnswer(api, conversationIdOf(page))).generation.status).toBe('complete')
})

test('the server is down at send: the message waits in its place, and is sent once when it is back', async ({
  stack,
  person: { page },
}) => {
  const word = uniqueWord()
  await stack.server.kill()
  await send(page, word)
  await expect(questions(page)).toContainText(word)
  await expect(questions(page)).toContainText('Not sent yet')
  await stack.server.start()
  await expect(answers(page)).toContainText(`You wrote ${word}`)
  await waitForEnd(page)
  await expect(questions(page)).not.toContainText('Not sent yet')
  expect(callsFor(stack, { word })).toHaveLength(1)
})

test('the database is down at send: said in words, and sent once when it is back', async ({
  stack,
  person: { page },
}) => {
  const word = uniqueWord()
  await stack.database.stop()
  await send(page, word)
  await expect(questions(page)).toContainText('Not sent yet')
  await expect(questions(page)).toContainText(/database/i)
  await expect(composer(page)).toHaveValue('')
  expect(callsFor(stack, { word })).toHaveLength(0)
  await stack.database.start()
  await expect(answers(page)).toContainText(`You wrote ${word}`)
  await waitForEnd(page)
  expect(callsFor(stack, { word })).toHaveLength(1)
})

for (const outage of ['stopped', 'frozen'] as const) {
  test(`the database is ${outage} in mid-stream: the answer goes on, that it is not saved is said until it is`, async ({
    stack,
    person: { page, api },
  }) => {
    const gate = uniqueWord()
    await send(page, `${uniqueWord()} [scenario:gated gate=${gate} before=30 tokens=60]`)
    await expect(answers(page)).toContainText('word30')
    const notice = page.getByRole('status').filter({ hasText: UNSAVED })
    await expect(notice).toHaveCount(0)
    if (outage === 'stopped') await stack.database.stop()
    else await stack.database.freeze()
    await expect(notice).toBeVisible()
    stack.provider.stage.openGate(gate)
    await expect(answers(page)).toContainText('word60')
    await expect(notice).toBeVisible()
    await expect(stopButton(page), 'it has not ended before it is stored').toBeVisible()
    if (outage === 'stopped') await stack.database.start()
    else stack.database.thaw()
    await expect(notice).toHaveCount(0)
    await waitForEnd(page)
    expect(await shownWords(answers(page))).toEqual(expectedWords(60))
    expect((await lastAnswer(api, conversationIdOf(page))).text).toBe(numberedAnswer(60))
  })
}

test('a server that is away: the page that was wanted comes by itself, and nobody is torn from what they read', async ({
  browser,
  stack,
  person,
}) => {
  const storageState = await person.context.storageState()
  const context = await browser.newContext({ storageState, serviceWorkers: 'allow' })
  const page = await context.newPage()
  await page.goto(stack.server.origin)
  await page.evaluate(() => navigator.serviceWorker.ready)
  await send(page, `Read me later ${uniqueWord()}`)
  await waitForEnd(page)
  await expect.poll(() => countKept(page)).toBe(1)
  const away = page.getByText('Stoa cannot be reached.')

  await stack.server.kill()
  await page.reload()
  await expect(away).toBeVisible()
  await stack.server.start()
  await expect(composer(page)).toBeVisible()

  await stack.server.kill()
  await page.reload()
  await expect(away).toBeVisible()
  await page.getByRole('button', { name: 'What you read last' }).click()
  await page.getByRole('listitem').getByRole('button').click()
  await stack.server.start()
  await expect(page.getByText('Stoa can be reached again.')).toBeVisible()
  await expect(page.getByRole('article', { name: 'Question' })).toContainText('Read me later')
  await page.getByRole('button', { name: 'Go to Stoa' }).click()
  await expect(composer(page)).toBeVisible()
  await context.close()
})
