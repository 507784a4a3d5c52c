import type { Page } from '@playwright/test'
import { answers, composer, converse, send, waitForEnd } from '#e2e/support/conversation-page.ts'
import type { RunningStack } from '#e2e/support/start-stack.ts'
import type { ErrorBody } from '#lib/errors.ts'

export const QUESTION = 'I want to leave my job and start something of my own. Should I do it this spring?'

export interface Stage {
  page: Page
  stack: RunningStack
  /** Where the seeded conversation with the long answer is. */
  essayPath: string
  isPhone: boolean
}

/** Each opens a state and leaves the page in it. */
export const chatPictures: Record<string, (stage: Stage) => Promise<void>> = {
  async 'new-conversation'({ page }) {
    await page.goto('/')
    await composer(page).waitFor()
  },
  async 'persona-menu'({ page }) {
    await page.goto('/')
    await page.getByRole('combobox', { name: 'Persona' }).click()
    await page.getByRole('option').first().waitFor()
  },
  async models({ page, essayPath }) {
    await page.goto(essayPath)
    await page.getByRole('combobox', { name: 'Model' }).click()
    await page.getByRole('option').first().waitFor()
  },
  async commands({ page, essayPath }) {
    await page.goto(essayPath)
    await composer(page).pressSequentially('/')
    await page.getByRole('option').first().waitFor()
  },
  async statistics({ page, essayPath }) {
    await page.goto(essayPath)
    // The draft of the state before comes when the page runs, which the colours of the code tell.
    await answers(page).locator('pre code span').first().waitFor()
    await send(page, '/stats')
    await page.getByRole('dialog').getByText('% full').waitFor()
  },
  async conversation({ page, essayPath }) {
    await page.goto(essayPath)
    await answers(page).locator('pre code span').first().waitFor()
  },
  async temporary({ page }) {
    await page.goto('/?temporary')
    await composer(page).waitFor()
  },
  async 'temporary-begun'({ page }) {
    await page.goto('/?temporary')
    await converse(page, 'Is it wise to keep a diary?')
  },
  async 'offline-page'({ page, essayPath }) {
    await page.goto(essayPath)
    await answers(page).first().waitFor()
    await page.evaluate(async () => {
      const opening = indexedDB.open('stoa-offline', 1)
      await new Promise((resolve) => opening.addEventListener('success', resolve))
      for (let count = 0; count === 0; ) {
        const counting = opening.result.transaction('conversations').objectStore('conversations').count()
        await new Promise((resolve) => counting.addEventListener('success', resolve))
        count = counting.result
      }
      opening.result.close()
    })
    await page.goto('/offline')
    await page.getByRole('heading', { name: 'What you read last' }).waitFor()
  },
  async 'notification-settings'({ page }) {
    await page.goto('/settings')
    await page.getByRole('heading', { name: 'Notifications' }).scrollIntoViewIfNeeded()
  },
  async 'share-dialog'({ page, essayPath }) {
    await page.goto(essayPath)
    await page.getByRole('button', { name: 'Share', exact: true }).click()
    await page.getByLabel('Shared by').waitFor()
  },
  async 'share-link'({ page, essayPath }) {
    await share(page, essayPath)
  },
  async 'shared-page'({ page, essayPath }) {
    await page.goto(await share(page, essayPath))
    await page.locator('pre code span').first().waitFor()
  },
  async 'shared-settings'({ page, essayPath }) {
    await share(page, essayPath)
    await page.goto('/settings')
    await page.getByRole('heading', { name: 'Shared conversations' }).scrollIntoViewIfNeeded()
  },
  async details({ page, essayPath }) {
    await page.goto(essayPath)
    await answers(page).last().hover()
  },
  async making({ page, essayPath }) {
    await page.goto(essayPath)
    await openMaking(page)
  },
  async 'making-prompt'({ page, essayPath }) {
    await page.goto(essayPath)
    await openMaking(page)
    await page.getByRole('dialog').getByText('Persona prompt').click()
    await page.getByRole('button', { name: 'By fragment' }).click()
  },
  async 'making-failed'({ page, stack }) {
    await askFor(page, stack, 'Show how an answer that failed was made.', 'status code=401')
    await page.getByRole('button', { name: 'Retry', exact: true }).waitFor()
    await openMaking(page)
  },
  async gauge({ page, essayPath }) {
    await page.goto(essayPath)
    await composer(page).fill('And what would Epictetus say to that? '.repeat(6))
    await page.getByRole('button', { name: 'Context of the next message' }).focus()
  },
  async markdown({ page }) {
    await page.goto('/')
    await converse(page, 'Show what a message can hold. [scenario:markdown]')
    await answers(page).locator('.katex').first().waitFor()
  },
  async streaming({ page, stack }) {
    const question = 'Show an answer that is being written.'
    stack.provider.stage.arrange(question, 'gated gate=never tokens=60 before=40')
    await page.goto('/')
    await send(page, question)
    await answers(page).getByText('word40').waitFor()
  },
  async failure({ page, stack }) {
    await askFor(page, stack, 'Show an answer that fails.', 'status code=401')
    await page.getByRole('button', { name: 'Retry', exact: true }).waitFor()
  },
  async interrupted({ page, stack }) {
    await askFor(page, stack, 'Show an answer that breaks off.', 'reset tokens=30')
    await page.getByRole('button', { name: 'Continue', exact: true }).waitFor()
  },
  async 'rate-limited'({ page, stack }) {
    await askFor(page, stack, 'Show a provider that is asked too often.', 'status code=429 retry-after=40')
    await page.getByRole('button', { name: /^Wait \d+ s$/ }).waitFor()
  },
  async filtered({ page, stack }) {
    await askFor(page, stack, 'Show an answer that is withheld.', 'filter tokens=0')
    await page.getByRole('button', { name: 'Edit the question' }).waitFor()
  },
  async stopped({ page, stack }) {
    await askFor(page, stack, 'Show an answer that is stopped.', 'gated gate=never tokens=60 before=40')
    await answers(page).getByText('word40').waitFor()
    await page.getByRole('button', { name: 'Stop', exact: true }).click()
    await page.getByRole('button', { name: 'Continue', exact: true }).waitFor()
  },
  async waiting({ page }) {
    await page.goto('/')
    await converse(page, 'First while the line holds')
    await page.route('**/api/chat', (route) => route.abort())
    await send(
      page,
      'Then a message that cannot be sent, which is a little longer than one line of it would be.',
    )
    await page.getByText('Not sent yet').waitFor()
    await composer(page).fill('And the next one')
  },
  async 'waiting-signed-out'({ page }) {
    await openNew(page)
    await refuseWith(page, 401, { code: 'signed_out', message: 'You are signed out. Sign in to go on.' })
    await send(page, 'A message that is sent after the session has expired')
    await page.getByRole('link', { name: 'Sign in again' }).waitFor()
  },
  async 'waiting-rate'({ page }) {
    await openNew(page)
    await refuseWith(page, 429, { code: 'too_many_turns', message: 'Too many.', retryAfterSeconds: 42 })
    await send(page, 'One message too many')
    await page.getByText(/It is sent in \d+ s/).waitFor()
  },
  async discarded({ page }) {
    await openNew(page)
    await page.route('**/api/chat', (route) => route.abort())
    await send(page, 'A message that is thought better of')
    await page.getByRole('button', { name: 'Discard' }).click()
    await page.getByText('Message discarded').waitFor()
  },
  async refused({ page }) {
    await openNew(page)
    await refuseWith(page, 413, { code: 'message_too_long', message: 'The message is too long. Shorten it.' })
    await send(page, 'A message that is refused')
    await page.getByRole('alert').filter({ hasText: 'too long' }).waitFor()
  },
  async 'signed-out'({ page, stack }) {
    const question = 'Show an answer whose reader is signed out.'
    stack.provider.stage.arrange(question, 'gated gate=never tokens=60 before=40')
    await page.goto('/')
    await send(page, question)
    await answers(page).getByText('word40').waitFor()
    const error = { code: 'signed_out', message: 'You are signed out. Sign in to go on.' } as const
    await page.route('**/api/chat/*/stream*', (route) => route.fulfill({ status: 401, json: { error } }))
    await page.evaluate(() => dispatchEvent(new Event('online')))
    await page.getByRole('link', { name: 'Sign in again' }).waitFor()
  },
  async 'persona-change'({ page }) {
    await page.goto('/')
    await converse(page, 'First with one persona')
    await page.getByRole('combobox', { name: 'Persona' }).click()
    await page.getByRole('option', { name: /^Tutor/ }).click()
    await converse(page, 'Then with another')
  },
  async branches({ page, essayPath }) {
    await page.goto(essayPath)
    await regenerate(page, 'Tutor')
    await answers(page, 'Tutor').last().hover()
    await answers(page, 'Tutor').last().getByRole('button', { name: 'Regenerate' }).click()
    await page.getByRole('menu').waitFor()
  },
  async edit({ page, essayPath }) {
    await page.goto(essayPath)
    await page.getByRole('button', { name: 'Edit' }).last().click()
    await page.getByRole('textbox', { name: 'Edit message' }).waitFor()
  },
  async 'delete-message'({ page, essayPath }) {
    await page.goto(essayPath)
    await page.getByRole('button', { name: 'Message options' }).last().click()
    await page.getByRole('menuitem', { name: 'Delete' }).click()
    await page.getByText('This deletes').waitFor()
  },
  async 'deleted-message'({ page }) {
    await page.goto('/')
    await converse(page, 'What will stay')
    await converse(page, 'What will go')
    await page.getByRole('button', { name: 'Message options' }).nth(2).click()
    await page.getByRole('menuitem', { name: 'Delete' }).click()
    await page.getByRole('button', { name: 'Delete' }).click()
    await page.getByRole('button', { name: 'Undo' }).waitFor()
  },
  async sidebar({ page, isPhone }) {
    await page.goto('/')
    await composer(page).waitFor()
    if (isPhone) await page.getByRole('button', { name: /conversations|sidebar/i }).click()
    await page.getByRole('navigation', { name: 'Conversations' }).getByRole('link').first().waitFor()
  },
  async 'account-menu'({ page, isPhone }) {
    await page.goto('/')
    if (isPhone) await page.getByRole('button', { name: /conversations|sidebar/i }).click()
    await page.getByRole('button', { name: /account/i }).click()
    await page.getByRole('menuitem', { name: 'Sign out' }).waitFor()
  },
  async settings({ page }) {
    await page.goto('/settings')
  },
  async 'not-found'({ page }) {
    await page.goto('/chat/018f0000-0000-7000-8000-000000000000')
    await page.getByRole('main').getByRole('heading').waitFor()
  },
}

async function openMaking(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'How this was made' }).last().click()
  await page.getByRole('heading', { name: 'Time line' }).waitFor()
}

/** The page of a new conversation, without what the picture before has left to be sent. */
async function openNew(page: Page): Promise<void> {
  await page.goto('/')
  await page.evaluate(() => localStorage.clear())
  await page.reload()
}

async function askFor(page: Page, stack: RunningStack, question: string, scenario: string): Promise<void> {
  stack.provider.stage.arrange(question, scenario)
  await page.goto('/')
  await send(page, question)
}

async function refuseWith(page: Page, status: number, error: ErrorBody): Promise<void> {
  await page.route('**/api/chat', (route) => route.fulfill({ status, json: { error } }))
}

/** Has the last question answered by another persona, and waits for the answer. */
async function regenerate(page: Page, persona: string): Promise<void> {
  await page.getByRole('button', { name: 'Regenerate' }).last().click()
  await page.getByRole('menuitem', { name: persona, exact: true }).click()
  await answers(page, persona).last().waitFor()
  await waitForEnd(page)
}

/** Shares a copy of a conversation; its address. */
async function share(page: Page, path: string): Promise<string> {
  await page.goto(path)
  await page.getByRole('button', { name: 'Share', exact: true }).click()
  const another = page.getByRole('button', { name: 'Make another link' })
  const make = page.getByRole('button', { name: 'Make a link' })
  await another.or(make).waitFor()
  if (await make.isVisible()) {
    await page.getByLabel('Shared by').fill('Marcus')
    await make.click()
    await another.waitFor()
  }
  return page.getByLabel('Link', { exact: true }).first().inputValue()
}
