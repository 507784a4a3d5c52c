import { mkdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { type Browser, type BrowserContext, chromium, type Page } from '@playwright/test'
import { ApiClient, readTurn } from '#e2e/support/api-client.ts'
import { launchOptions } from '#e2e/support/browser.ts'
import { answers, composer, converse, send, waitForEnd } from '#e2e/support/conversation-page.ts'
import { newCredentials, register } from '#e2e/support/person.ts'
import { type RunningStack, startStack } from '#e2e/support/start-stack.ts'
import type { ErrorBody } from '#lib/errors.ts'

/**
 * Pictures of every page and state, to look at: `npm run screenshots [-- --only NAME]`, or `-- --readme` for the
 * picture of the README. They need a production build (`npm run build`) and go to `.screenshots/`.
 */
const FOLDER = '.screenshots'
const README_PICTURE = 'docs/screenshot.png'

const sizes = {
  desktop: { width: 1440, height: 900 },
  phone: { width: 390, height: 844 },
} as const
const schemes = ['light', 'dark'] as const

const QUESTION = 'I want to leave my job and start something of my own. Should I do it this spring?'
const conversations = [
  ['What does Seneca mean by owning your time?', 'Seneca on owning time'],
  ['Check this proof that the square root of 2 is irrational', 'A proof, checked'],
  ['Is my landlord allowed to raise the rent twice a year?', 'Two rent rises in a year'],
  ['Explain eventual consistency with post offices', 'Eventual consistency'],
  ['What should I ask in an exit interview?', 'Questions for leaving'],
  ['Wie lerne ich besser zuzuhören?', 'Besser zuhören'],
  [QUESTION, 'Leaving to start something'],
] as const

interface Stage {
  page: Page
  stack: RunningStack
  /** Where the seeded conversation with the long answer is. */
  essayPath: string
  isPhone: boolean
}

/** Each opens a state and leaves the page in it. */
const pictures: Record<string, (stage: Stage) => Promise<void>> = {
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
    await composer(page).fill('/stats')
    await page.keyboard.press('Enter')
    await page.getByText('% full').waitFor()
  },
  async conversation({ page, essayPath }) {
    await page.goto(essayPath)
    await answers(page).locator('pre code span').first().waitFor()
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
    await page.getByText('Persona prompt').click()
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
    await page.getByRole('button', { name: 'The next message' }).focus()
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
    await askFor(page, stack, 'Show an answer that is stopped.', 'slow tokens=2000 delay=15')
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
  async personas({ page }) {
    await page.goto('/personas')
  },
  async persona({ page }) {
    await page.goto('/personas/stoic?intensity=high')
  },
  async 'persona-fragments'({ page }) {
    await page.goto('/personas/stoic?view=fragments')
    await page.getByRole('heading', { name: 'Text' }).scrollIntoViewIfNeeded()
    await page.getByRole('heading', { name: 'core/identity.md' }).scrollIntoViewIfNeeded()
  },
  async 'persona-difference'({ page }) {
    await page.goto('/personas/stoic')
    await page.getByText('Against high').scrollIntoViewIfNeeded()
  },
  async 'personas-compared'({ page }) {
    await page.goto('/personas/compare?a=stoic&b=casual')
  },
  async 'personas-tried'({ page, stack }) {
    stack.provider.stage.arrange(QUESTION, 'essay')
    await page.goto('/personas/try?a=stoic&b=tutor')
    await page.getByRole('textbox', { name: 'Question' }).fill(QUESTION)
    await page.getByRole('button', { name: 'Ask both' }).click()
    await page.getByRole('button', { name: 'Continue with this one' }).nth(1).waitFor()
  },
  async 'personas-try'({ page }) {
    await page.goto('/personas/try?a=stoic&b=tutor')
    await page.getByRole('textbox', { name: 'Question' }).fill('')
  },
  async 'personas-try-failed'({ page, stack }) {
    const question = 'Show an answer that fails for both.'
    stack.provider.stage.arrange(question, 'status code=401')
    await page.goto('/personas/try?a=stoic&b=tutor')
    await page.getByRole('textbox', { name: 'Question' }).fill(question)
    await page.getByRole('button', { name: 'Ask both' }).click()
    await page.getByRole('button', { name: 'Ask again' }).nth(1).waitFor()
  },
  async 'personas-try-stopped'({ page, stack }) {
    const question = 'Show two answers that are stopped.'
    stack.provider.stage.arrange(question, 'slow tokens=2000 delay=15')
    await page.goto('/personas/try?a=stoic&b=tutor')
    await page.getByRole('textbox', { name: 'Question' }).fill(question)
    await page.getByRole('button', { name: 'Ask both' }).click()
    await answers(page, 'Tutor').getByText('word40').waitFor()
    await page.getByRole('button', { name: 'Stop both' }).click()
    await page.getByRole('button', { name: 'Ask again' }).nth(1).waitFor()
  },
  async 'persona-missing'({ page }) {
    await page.goto('/personas/nobody')
  },
  async 'not-found'({ page }) {
    await page.goto('/chat/018f0000-0000-7000-8000-000000000000')
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

/** For the person who came first, and has no conversation. */
const administratorPictures: Record<string, (page: Page) => Promise<void>> = {
  async 'first-look'(page) {
    await page.goto('/')
    await page.getByRole('region', { name: 'First steps' }).waitFor()
  },
  async admin(page) {
    await page.goto('/admin')
  },
  async 'admin-invitation'(page) {
    await page.goto('/admin')
    await page.getByRole('button', { name: 'Invite somebody' }).click()
    await page.getByRole('button', { name: 'Make link' }).click()
    await page.getByLabel('Link of the invitation').waitFor()
  },
  async 'admin-person'(page) {
    await page.goto('/admin')
    await page.getByRole('main').getByRole('listitem').getByRole('link').last().click()
    await page.getByRole('heading', { name: 'Budget' }).waitFor()
  },
  async 'admin-system'(page) {
    await page.goto('/admin/system')
  },
  async 'admin-audit'(page) {
    await page.goto('/admin/audit')
  },
  async invitation(page) {
    await page.goto('/admin')
    await page.getByRole('button', { name: 'Invite somebody' }).click()
    await page.getByRole('button', { name: 'Make link' }).click()
    await page.goto(await page.getByLabel('Link of the invitation').inputValue())
    await page.getByRole('heading', { name: 'You are invited' }).waitFor()
  },
  async 'invitation-over'(page) {
    await page.goto('/password/none')
  },
}

const signedOutPictures: Record<string, (page: Page) => Promise<void>> = {
  async login(page) {
    await page.goto('/login')
  },
  async 'login-refused'(page) {
    await page.goto('/login')
    await page.getByLabel('Email', { exact: true }).fill('nobody@example.test')
    await page.getByLabel('Password', { exact: true }).fill('not the password')
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await page.getByRole('alert').filter({ hasText: /\S/ }).waitFor()
  },
  async register(page) {
    await page.goto('/register')
  },
}

const { values } = parseArgs({
  options: { only: { type: 'string' }, readme: { type: 'boolean', default: false } },
})
const stack = await startStack()
const browser = await chromium.launch(launchOptions())
try {
  if (values.readme) await takeReadmePicture(browser, stack)
  else await takePictures(browser, stack)
} finally {
  await browser.close()
  await stack.stop()
}

/** One account with a list of conversations, the newest with a long answer. */
async function seed(browser: Browser, { origin, provider }: RunningStack) {
  provider.stage.arrange(QUESTION, 'essay')
  const context = await browser.newContext({ baseURL: origin })
  await register(await context.newPage(), { ...newCredentials(), name: 'Marcus Aurelius' })
  const api = new ApiClient(origin, context)
  let essayPath = '/'
  for (const [text, title] of conversations) {
    const { conversationId, response } = await api.send(text)
    await readTurn(response)
    await api.call('PATCH', `/api/conversations/${conversationId}`, { json: { title } })
    essayPath = `/chat/${conversationId}`
  }
  const storageState = await context.storageState()
  await context.close()
  return { storageState, essayPath }
}

async function takePictures(browser: Browser, stack: RunningStack): Promise<void> {
  if (!values.only) await rm(FOLDER, { recursive: true, force: true })
  await mkdir(FOLDER, { recursive: true })
  const administrator = await registerFirst(browser, stack)
  for (const [size, viewport] of Object.entries(sizes)) {
    for (const colorScheme of schemes) {
      const options = {
        baseURL: stack.origin,
        viewport,
        colorScheme,
        deviceScaleFactor: size === 'phone' ? 2 : 1,
      }
      const { storageState, essayPath } = await seed(browser, stack)
      const signedIn = await browser.newContext({ ...options, storageState })
      const signedOut = await browser.newContext(options)
      const governing = await browser.newContext({ ...options, storageState: administrator })
      const isPhone = size === 'phone'
      for (const [name, open] of Object.entries(pictures)) {
        await take(signedIn, `${name}-${size}-${colorScheme}`, (page) =>
          open({ page, stack, essayPath, isPhone }),
        )
      }
      for (const [name, open] of Object.entries(signedOutPictures)) {
        await take(signedOut, `${name}-${size}-${colorScheme}`, open)
      }
      for (const [name, open] of Object.entries(administratorPictures)) {
        await take(governing, `${name}-${size}-${colorScheme}`, open)
      }
      await Promise.all([signedIn, signedOut, governing].map((context) => context.close()))
    }
  }
}

/** The administrator, who is taken on the way to their account. */
async function registerFirst(browser: Browser, stack: RunningStack) {
  for (const [size, viewport] of Object.entries(sizes)) {
    for (const colorScheme of schemes) {
      const context = await browser.newContext({ baseURL: stack.origin, viewport, colorScheme })
      await take(context, `first-account-${size}-${colorScheme}`, async (page) => {
        await page.goto('/')
        await page.getByRole('heading', { name: 'Create the first account' }).waitFor()
      })
      await context.close()
    }
  }
  const context = await browser.newContext({ baseURL: stack.origin })
  await register(await context.newPage(), { ...newCredentials(), name: 'Zeno of Citium' })
  const storageState = await context.storageState()
  await context.close()
  return storageState
}

/** A state that cannot be reached does not keep the others from being seen. */
async function take(
  context: BrowserContext,
  name: string,
  open: (page: Page) => Promise<void>,
): Promise<void> {
  if (values.only && !name.startsWith(values.only)) return
  const page = await context.newPage()
  page.setDefaultTimeout(10_000)
  try {
    await open(page)
    await settle(page)
  } catch (error) {
    process.exitCode = 1
    console.error(`${name}: ${error instanceof Error ? error.message.split('\n')[0] : error}`)
  }
  await page.screenshot({ path: path.join(FOLDER, `${name}.png`) })
  await page.close()
}

async function takeReadmePicture(browser: Browser, stack: RunningStack): Promise<void> {
  const { storageState, essayPath } = await seed(browser, stack)
  const context = await browser.newContext({
    baseURL: stack.origin,
    storageState,
    viewport: { width: 1280, height: 800 },
    deviceScaleFactor: 2,
    colorScheme: 'light',
  })
  const page = await context.newPage()
  await page.goto(essayPath)
  await answers(page).locator('pre code span').first().waitFor()
  await page.getByText(QUESTION).first().scrollIntoViewIfNeeded()
  await settle(page)
  await page.screenshot({ path: README_PICTURE })
  await context.close()
}

/** Has the last question answered by another persona, and waits for the answer. */
async function regenerate(page: Page, persona: string): Promise<void> {
  await page.getByRole('button', { name: 'Regenerate' }).last().click()
  await page.getByRole('menuitem', { name: persona, exact: true }).click()
  await answers(page, persona).last().waitFor()
  await waitForEnd(page)
}

async function settle(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await document.fonts.ready
    const ending = document
      .getAnimations()
      .filter(({ effect }) => effect?.getComputedTiming().iterations !== Infinity)
    await Promise.allSettled(ending.map((animation) => animation.finished))
  })
}
