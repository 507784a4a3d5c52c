import type { BrowserContext, Locator, Page } from '@playwright/test'
import type { ErrorBody } from '#lib/errors.ts'
import {
  answers,
  composer,
  conversationIdOf,
  conversationLinks,
  converse,
  questions,
  send,
  sendButton,
  uniqueWord,
  waitForEnd,
} from '../support/conversation-page.ts'
import { fillSignIn } from '../support/person.ts'
import type { Problems } from '../support/problems.ts'
import { expect, test } from '../support/test.ts'

/** What the browser logs of requests that these tests have refused. */
const REFUSED = /ERR_INTERNET_DISCONNECTED|ERR_FAILED|ERR_ABORTED|status of (401|409|429|503)|EventSource/

test.beforeEach(({ problems }: { problems: Problems }) => problems.allow(REFUSED))

/** Lets no message reach the server, until what is returned is called. */
async function cutOff(context: BrowserContext): Promise<() => Promise<void>> {
  await context.route('**/api/chat', (route) => route.abort())
  return () => context.unroute('**/api/chat')
}

/** Refuses the first message that is sent. */
async function refuseOnce(page: Page, status: number, error: ErrorBody): Promise<void> {
  await page.route('**/api/chat', (route) => route.fulfill({ status, json: { error } }), { times: 1 })
}

function waiting(page: Page): Locator {
  return questions(page).filter({ hasText: 'Not sent yet' })
}

async function expectAnsweredOnce(page: Page, word: string, calls: () => Promise<unknown[]>): Promise<void> {
  await expect(answers(page).last()).toContainText(word)
  await waitForEnd(page)
  await expect(waiting(page)).toHaveCount(0)
  await expect(questions(page).filter({ hasText: word })).toHaveCount(1)
  expect(await calls()).toHaveLength(1)
}

test('a message that is sent offline waits, and is sent once the connection is back', async ({
  person: { page, context },
  provider,
}) => {
  await converse(page, 'While the line holds')
  const word = uniqueWord()
  await context.setOffline(true)
  await send(page, `Offline ${word}`)
  await expect(waiting(page)).toContainText(word)
  await expect(waiting(page)).toContainText('no connection')
  await expect(composer(page)).toHaveValue('')
  await context.setOffline(false)
  await expectAnsweredOnce(page, word, () => provider.requests({ contains: word, kind: 'answer' }))
})

test('a message that waits survives a reload, another conversation and a closed tab', async ({
  person: { page, context },
  provider,
}) => {
  await converse(page, 'A conversation to come back to')
  const url = page.url()
  const word = uniqueWord()
  const reconnect = await cutOff(context)
  await send(page, `Wait ${word}`)
  await expect(waiting(page)).toContainText(word)
  await page.reload()
  await expect(waiting(page)).toContainText(word)
  await page.getByRole('button', { name: 'New conversation' }).click()
  await expect(questions(page)).toHaveCount(0)
  await conversationLinks(page).first().click()
  await expect(waiting(page)).toContainText(word)
  await page.close()

  const back = await context.newPage()
  await back.goto(url)
  // An attempt that was under way as the tab closed may have got past the route that refuses it.
  await expect(questions(back).filter({ hasText: word })).toBeVisible()
  await reconnect()
  await expectAnsweredOnce(back, word, () => provider.requests({ contains: word, kind: 'answer' }))
})

test('what waits in a conversation is sent although another one is shown', async ({
  person: { page, context, api },
  provider,
}) => {
  await converse(page, 'A conversation that is left')
  const id = conversationIdOf(page)
  const word = uniqueWord()
  const reconnect = await cutOff(context)
  await send(page, `Left ${word}`)
  await expect(waiting(page)).toContainText(word)
  await reconnect()
  await page.goto('/')
  await expect.poll(async () => (await api.conversation(id)).messages.length).toBe(4)
  await expect(composer(page)).toHaveValue('')
  expect(await provider.requests({ contains: word, kind: 'answer' })).toHaveLength(1)
})

test('the first message of a conversation waits, too, and keeps its id', async ({
  person: { page, context },
  provider,
}) => {
  const word = uniqueWord()
  const reconnect = await cutOff(context)
  await send(page, `Begin ${word}`)
  await expect(waiting(page)).toContainText(word)
  await page.reload()
  await expect(waiting(page)).toContainText(word)
  await reconnect()
  await page.getByRole('button', { name: 'Send now' }).click()
  await expect(page).toHaveURL(/\/chat\/[0-9a-f-]{36}$/)
  await expectAnsweredOnce(page, word, () => provider.requests({ contains: word, kind: 'answer' }))
})

test('a message whose acknowledgement was lost is there once, and asked for once', async ({
  person: { page },
  provider,
}) => {
  const word = uniqueWord()
  await page.route(
    '**/api/chat',
    async (route) => {
      await route.fetch()
      await route.abort()
    },
    { times: 1 },
  )
  await send(page, `Lost ${word}`)
  await expectAnsweredOnce(page, word, () => provider.requests({ contains: word, kind: 'answer' }))
  await page.reload()
  await expect(questions(page)).toHaveCount(1)
})

for (const [code, words] of [
  ['database_unavailable', 'the database is away'],
  ['shutting_down', 'the server is restarting'],
] as const) {
  test(`${code} is said, and the message is sent when it is over`, async ({ person: { page }, provider }) => {
    const word = uniqueWord()
    await refuseOnce(page, 503, { code, message: 'Not now.', retryAfterSeconds: 2 })
    await send(page, `Later ${word}`)
    await expect(waiting(page)).toContainText(words)
    await expectAnsweredOnce(page, word, () => provider.requests({ contains: word, kind: 'answer' }))
  })
}

test('after too many messages the time is counted down, and the message sent', async ({
  person: { page },
  provider,
}) => {
  const word = uniqueWord()
  await refuseOnce(page, 429, { code: 'too_many_turns', message: 'Too many.', retryAfterSeconds: 4 })
  await send(page, `Patience ${word}`)
  await expect(waiting(page)).toContainText(/It is sent in \d s/)
  await expectAnsweredOnce(page, word, () => provider.requests({ contains: word, kind: 'answer' }))
})

test('an answer that runs elsewhere is shown, and the message follows it', async ({
  person: { page, api },
  provider,
}) => {
  await converse(page, 'A conversation on two devices')
  const id = conversationIdOf(page)
  const parentId = (await api.conversation(id)).messages[1]?.id ?? null
  const gate = uniqueWord()
  const text = `${gate} [scenario:gated gate=${gate} before=5 tokens=10]`
  await page.route(
    '**/api/chat',
    async (route) => {
      const { response } = await api.send(text, { conversationId: id, parentId })
      expect(response.status).toBe(200)
      await route.continue()
    },
    { times: 1 },
  )
  const word = uniqueWord()
  await send(page, `Mine ${word}`)
  await expect(answers(page).last()).toContainText('word5')
  await expect(waiting(page)).toContainText('It follows the answer that is being written')
  await provider.openGate(gate)
  await expectAnsweredOnce(page, word, () => provider.requests({ contains: word, kind: 'answer' }))
  await expect(questions(page)).toHaveCount(3)
})

test('a message that waits can be edited, and goes under its old place', async ({
  person: { page, context },
  provider,
}) => {
  await converse(page, 'A conversation')
  const word = uniqueWord()
  const reconnect = await cutOff(context)
  await send(page, `Draft ${word}`)
  await waiting(page).getByRole('button', { name: 'Edit' }).click()
  await expect(waiting(page)).toHaveCount(0)
  await expect(composer(page)).toHaveValue(`Draft ${word}`)
  await expect(composer(page)).toBeFocused()
  await page.reload()
  await expect(composer(page)).toHaveValue(`Draft ${word}`)
  await reconnect()
  await sendButton(page).click()
  await expectAnsweredOnce(page, word, () => provider.requests({ contains: word, kind: 'answer' }))
})

test('a message that waits can be discarded, and the discarding undone', async ({
  person: { page, context },
  provider,
}) => {
  await converse(page, 'A conversation')
  const word = uniqueWord()
  const reconnect = await cutOff(context)
  await send(page, `Regret ${word}`)
  await waiting(page).getByRole('button', { name: 'Discard' }).click()
  await expect(questions(page)).toHaveCount(1)
  await expect(composer(page)).toBeFocused()
  await reconnect()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expectAnsweredOnce(page, word, () => provider.requests({ contains: word, kind: 'answer' }))
  await expect(page.getByRole('button', { name: 'Undo' })).toHaveCount(0)
})

test('another version of a question waits in its place', async ({ person: { page, context }, provider }) => {
  await converse(page, 'The first version')
  const word = uniqueWord()
  const reconnect = await cutOff(context)
  await questions(page).hover()
  await questions(page).getByRole('button', { name: 'Edit' }).click()
  await questions(page).getByRole('textbox').fill(`The second version ${word}`)
  await page.keyboard.press('Enter')
  await expect(waiting(page)).toContainText(word)
  await expect(page.getByRole('article')).toHaveCount(1)
  await page.reload()
  await expect(waiting(page)).toContainText(word)
  await waiting(page).getByRole('button', { name: 'Edit' }).click()
  await expect(questions(page).getByRole('textbox')).toHaveValue(`The second version ${word}`)
  await expect(answers(page)).toHaveCount(1)
  await reconnect()
  await questions(page).getByRole('textbox').press('Enter')
  await expectAnsweredOnce(page, word, () => provider.requests({ contains: word, kind: 'answer' }))
  await expect(questions(page)).toContainText('2/2')
})

test.describe('an expired session', () => {
  test('keeps the message, and signing in sends it', async ({ person, provider }) => {
    const { page, context } = person
    await converse(page, 'While signed in')
    const url = page.url()
    const word = uniqueWord()
    await context.clearCookies()
    await send(page, `Signed out ${word}`)
    await expect(waiting(page)).toContainText('you are signed out')
    await waiting(page).getByRole('link', { name: 'Sign in again' }).click()
    await expect(page.getByText('A message waits in this browser')).toBeVisible()
    await expect(page.getByText(word)).toHaveCount(0)
    await fillSignIn(page, person)
    await expect(page).toHaveURL(url)
    await expectAnsweredOnce(page, word, () => provider.requests({ contains: word, kind: 'answer' }))
  })

  test('keeps the first message of a conversation, too', async ({ person, provider }) => {
    const { page, context } = person
    const word = uniqueWord()
    await context.clearCookies()
    await send(page, `Signed out ${word}`)
    await waiting(page).getByRole('link', { name: 'Sign in again' }).click()
    await fillSignIn(page, person)
    await expect(page).toHaveURL(/\/chat\/[0-9a-f-]{36}$/)
    await expectAnsweredOnce(page, word, () => provider.requests({ contains: word, kind: 'answer' }))
  })

  test('ends with signing in in another tab', async ({ person, provider }) => {
    const { page, context } = person
    await converse(page, 'While signed in')
    const word = uniqueWord()
    await context.clearCookies()
    await send(page, `Signed out ${word}`)
    await expect(waiting(page)).toBeVisible()
    const other = await context.newPage()
    await other.goto('/login')
    await fillSignIn(other, person)
    await composer(other).waitFor()
    await page.bringToFront()
    await expectAnsweredOnce(page, word, () => provider.requests({ contains: word, kind: 'answer' }))
  })
})

test.describe('leaving', () => {
  /** Reloads, and counts how often the browser asks whether to leave. */
  async function reload(page: Page): Promise<number> {
    let asked = 0
    page.on('dialog', async (dialog) => {
      if (dialog.type() === 'beforeunload') asked += 1
      await dialog.accept()
    })
    await page.reload()
    return asked
  }

  test('asks first while the storage is full and a message waits', async ({ person: { page, context } }) => {
    await page.addInitScript(() => {
      Storage.prototype.setItem = () => {
        throw new DOMException('The quota has been exceeded.', 'QuotaExceededError')
      }
    })
    await page.goto('/')
    await cutOff(context)
    await send(page, 'Nowhere to keep it')
    await expect(waiting(page)).toContainText('Nowhere to keep it')
    await page.getByRole('button', { name: 'New conversation' }).click()
    await expect(waiting(page)).toContainText('Nowhere to keep it')
    expect(await reload(page)).toBe(1)
  })

  test('asks nothing while the message is kept', async ({ person: { page, context } }) => {
    await cutOff(context)
    await send(page, 'Kept by the browser')
    await expect(waiting(page)).toBeVisible()
    expect(await reload(page)).toBe(0)
    await expect(waiting(page)).toContainText('Kept by the browser')
  })
})
