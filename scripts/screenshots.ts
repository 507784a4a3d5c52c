import { mkdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { type Browser, chromium, type Page } from '@playwright/test'
import { launchOptions } from '#e2e/support/browser.ts'
import { answers } from '#e2e/support/conversation-page.ts'
import { graveViolations } from '#e2e/support/expect-accessible.ts'
import { settle } from '#e2e/support/settle.ts'
import { type RunningStack, startStack } from '#e2e/support/start-stack.ts'
import { QUESTION } from './screenshots/chat-pictures.ts'
import { type Size, seedConversations, sizes, themes, walkPictures } from './screenshots/walk-pictures.ts'

/**
 * Pictures of every page and state, to look at: `npm run screenshots [-- --only NAME]`, or `-- --readme` for the
 * picture of the README. They need a production build (`npm run build`) and go to `.screenshots/`. With `-- --axe` it is
 * said of each what axe finds in it, which takes several times as long.
 */
const FOLDER = '.screenshots'
const README_PICTURE = 'docs/screenshot.png'
const SIZES = Object.keys(sizes) as Size[]

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    readme: { type: 'boolean', default: false },
    axe: { type: 'boolean', default: false },
  },
})
const browser = await chromium.launch(launchOptions())
try {
  if (values.readme) await withStack((stack) => takeReadmePicture(browser, stack))
  else await takePictures(browser)
} finally {
  await browser.close()
}

async function withStack(use: (stack: RunningStack) => Promise<void>): Promise<void> {
  const stack = await startStack()
  try {
    await use(stack)
  } finally {
    await stack.stop()
  }
}

async function takePictures(browser: Browser): Promise<void> {
  if (!values.only) await rm(FOLDER, { recursive: true, force: true })
  await mkdir(FOLDER, { recursive: true })
  for (const size of SIZES) {
    await withStack((stack) =>
      walkPictures({
        ...{ browser, stack, size, scale: size === 'phone' ? 2 : 1 },
        themesOf: (name) => (name.startsWith(values.only ?? '') ? themes : []),
        async onPicture(name, page) {
          await page.screenshot({ path: path.join(FOLDER, `${name}.png`) })
          if (values.axe) await sayViolations(name, page)
        },
        onUnreachable(name, error) {
          process.exitCode = 1
          console.error(`${name}: ${error instanceof Error ? error.message.split('\n')[0] : error}`)
        },
      }),
    )
  }
}

async function sayViolations(name: string, page: Page): Promise<void> {
  // What depends on the theme is its colours.
  for (const { id, nodes } of await graveViolations(
    page,
    name.endsWith('-dark') ? ['color-contrast'] : undefined,
  )) {
    process.exitCode = 1
    console.error(`${name}: ${id}\n${nodes.map((node) => `  ${node}`).join('\n')}`)
  }
}

async function takeReadmePicture(browser: Browser, stack: RunningStack): Promise<void> {
  const { storageState, essayPath } = await seedConversations(browser, stack)
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
