import { mkdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { type Browser, type BrowserContext, chromium, type Page } from '@playwright/test'
import { ApiClient, readTurn } from '#e2e/support/api-client.ts'
import { launchOptions } from '#e2e/support/browser.ts'
import { answers } from '#e2e/support/conversation-page.ts'
import { newCredentials, register } from '#e2e/support/person.ts'
import { type RunningStack, startStack } from '#e2e/support/start-stack.ts'
import { administratorPictures } from './screenshots/administrator-pictures.ts'
import { chatPictures, QUESTION } from './screenshots/chat-pictures.ts'
import { signedOutPictures } from './screenshots/signed-out-pictures.ts'

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

const conversations = [
  ['What does Seneca mean by owning your time?', 'Seneca on owning time'],
  ['Check this proof that the square root of 2 is irrational', 'A proof, checked'],
  ['Is my landlord allowed to raise the rent twice a year?', 'Two rent rises in a year'],
  ['Explain eventual consistency with post offices', 'Eventual consistency'],
  ['What should I ask in an exit interview?', 'Questions for leaving'],
  ['Wie lerne ich besser zuzuhören?', 'Besser zuhören'],
  [QUESTION, 'Leaving to start something'],
] as const

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
      for (const [name, open] of Object.entries(chatPictures)) {
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

async function settle(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await document.fonts.ready
    const ending = document
      .getAnimations()
      .filter(({ effect }) => effect?.getComputedTiming().iterations !== Infinity)
    await Promise.allSettled(ending.map((animation) => animation.finished))
  })
}
