import type { Browser, BrowserContext, Page } from '@playwright/test'
import { ApiClient, readTurn } from '#e2e/support/api-client.ts'
import { register } from '#e2e/support/person.ts'
import { settle } from '#e2e/support/settle.ts'
import type { RunningStack } from '#e2e/support/start-stack.ts'
import { accountPictures } from './account-pictures.ts'
import { administratorPictures } from './administrator-pictures.ts'
import { chatPictures, QUESTION } from './chat-pictures.ts'
import { contentPictures } from './content-pictures.ts'
import { handPictures } from './hand-pictures.ts'
import { libraryPictures } from './library-pictures.ts'
import { administrator, writer } from './people.ts'
import { personaPictures } from './persona-pictures.ts'
import { searchPictures } from './search-pictures.ts'
import { signedOutPictures } from './signed-out-pictures.ts'
import { transferPictures } from './transfer-pictures.ts'

/** The sizes in which every picture is taken, in CSS pixels. */
export const sizes = {
  desktop: { width: 1440, height: 900 },
  phone: { width: 390, height: 844 },
} as const
export type Size = keyof typeof sizes

export const themes = ['light', 'dark'] as const
export type Theme = (typeof themes)[number]

const conversations = [
  ['What does Seneca mean by owning your time?', 'Seneca on owning time'],
  ['Check this proof that the square root of 2 is irrational', 'A proof, checked'],
  ['Is my landlord allowed to raise the rent twice a year?', 'Two rent rises in a year'],
  ['Explain eventual consistency with post offices', 'Eventual consistency'],
  ['What should I ask in an exit interview?', 'Questions for leaving'],
  ['Wie lerne ich besser zuzuhören?', 'Besser zuhören'],
  [QUESTION, 'Leaving to start something'],
] as const

export interface Walk {
  browser: Browser
  /** Nobody may have registered with it yet. */
  stack: RunningStack
  size: Size
  /** Pixels of a picture for a CSS pixel. */
  scale: number
  /** In which themes a state is pictured; in none: it is not even opened. Missing: all in both. */
  themesOf?(name: string): readonly Theme[]
  /** Takes the picture `NAME-SIZE-SCHEME` of what the page shows, or is told why it cannot be reached. */
  onPicture(name: string, page: Page): Promise<void>
  onUnreachable(name: string, error: unknown): void
}

/** Opens every page and state in one size, each in the light and the dark theme, in always the same order. */
export async function walkPictures(walk: Walk): Promise<void> {
  const { browser, stack, size, scale } = walk
  const isPhone = size === 'phone'
  const options = {
    ...{ baseURL: stack.origin, viewport: sizes[size], deviceScaleFactor: scale },
    // What hovering reveals is always there where nothing hovers.
    ...{ isMobile: isPhone, hasTouch: isPhone },
  }
  const signedOut = await browser.newContext(options)
  await take(walk, signedOut, 'first-account', async (page) => {
    await page.goto('/')
    await page.getByRole('heading', { name: 'Create the first account' }).waitFor()
  })
  const storageState = await registerFirst(browser, stack.origin)
  const governing = await browser.newContext({ ...options, storageState })
  const seeded = await seedConversations(browser, stack)
  const signedIn = await browser.newContext({ ...options, storageState: seeded.storageState })
  const stage = { stack, essayPath: seeded.essayPath, isPhone }
  const pictures = {
    ...chatPictures,
    ...personaPictures,
    ...contentPictures,
    ...transferPictures,
    ...handPictures,
    ...searchPictures,
    ...accountPictures,
  }
  for (const [name, open] of Object.entries(pictures)) {
    await take(walk, signedIn, name, (page) => open({ page, ...stage }))
  }
  for (const [name, open] of Object.entries(signedOutPictures)) await take(walk, signedOut, name, open)
  for (const [name, open] of Object.entries(administratorPictures)) await take(walk, governing, name, open)
  for (const [name, open] of Object.entries(libraryPictures)) {
    await take(walk, signedIn, name, (page) => open({ page, ...stage }))
  }
  await Promise.all([signedIn, signedOut, governing].map((context) => context.close()))
}

/** A state that cannot be reached does not keep the others from being seen. */
async function take(
  { size, themesOf = () => themes, onPicture, onUnreachable }: Walk,
  context: BrowserContext,
  name: string,
  open: (page: Page) => Promise<void>,
): Promise<void> {
  const wanted = themesOf(name)
  if (wanted.length === 0) return
  const page = await context.newPage()
  page.setDefaultTimeout(10_000)
  try {
    await open(page)
    for (const colorScheme of wanted) {
      await page.emulateMedia({ colorScheme })
      await settle(page)
      await onPicture(`${name}-${size}-${colorScheme}`, page)
    }
  } catch (error) {
    onUnreachable(name, error)
  }
  await page.close()
}

/** The administrator, who came first. */
async function registerFirst(browser: Browser, origin: string) {
  const context = await browser.newContext({ baseURL: origin })
  await register(await context.newPage(), administrator)
  const storageState = await context.storageState()
  await context.close()
  return storageState
}

/** One account with a list of conversations, the newest with a long answer. */
export async function seedConversations(browser: Browser, { origin, provider }: RunningStack) {
  provider.stage.arrange(QUESTION, 'essay')
  const context = await browser.newContext({ baseURL: origin })
  await register(await context.newPage(), writer)
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
