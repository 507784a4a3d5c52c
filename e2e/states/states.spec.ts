import { expect, type Page, test } from '@playwright/test'
import { type Size, sizes, themes, walkPictures } from '#scripts/screenshots/walk-pictures.ts'
import { startStack } from '../support/start-stack.ts'
import { describeNames } from './describe-names.ts'
import { widthBeyondPage } from './width-beyond-page.ts'

/** What took the baselines; another browser or system draws letters a little differently. */
const BASELINES_OF = 'Chromium 156 on linux x64'

/** One of every kind of page, surface and message; `npm run screenshots` opens all that there are. */
const visited: ReadonlySet<string> = new Set([
  ...['first-account', 'login-refused', 'register', 'not-found'],
  ...['new-conversation', 'persona-menu', 'conversation', 'markdown', 'long-title'],
  ...['failure', 'interrupted', 'waiting', 'share-dialog', 'shared-page'],
  ...['palette', 'keys', 'library', 'library-folder', 'archive-empty', 'search-found'],
  ...['settings-appearance', 'persona', 'personas'],
])

for (const size of Object.keys(sizes) as Size[]) {
  test(`every kind of page and state on a ${size}`, async ({ browser }) => {
    test.setTimeout(600_000)
    const stack = await startStack()
    const here = `Chromium ${browser.version().split('.')[0]} on ${process.platform} ${process.arch}`
    if (here !== BASELINES_OF) {
      // biome-ignore lint/suspicious/noConsole: who runs the tests has to know what they left out.
      console.warn(
        `Pictures are not compared: they are of ${BASELINES_OF}, this is ${here} (see CONTRIBUTING.md).`,
      )
    }
    try {
      await walkPictures({
        ...{ browser, stack, size, scale: 1 },
        themesOf: (name) => (visited.has(name) ? themes : []),
        async onPicture(picture, page) {
          const isListSeen = /^library-|^long-title-phone/.test(picture)
          await hidePassing(page, isListSeen)
          if (here === BASELINES_OF) await expect.soft(page).toHaveScreenshot(`${picture}.png`)
          // What it says does not change with its colours, nor how much room it needs.
          if (!picture.endsWith('-light')) return
          if (size === 'phone') {
            await showAgain(page)
            await holdNarrow(picture, page)
          } else {
            const name = `${picture.replace(/-desktop-light$/, '')}.yml`
            expect.soft(await describeNames(page)).toMatchSnapshot(name)
          }
        },
        onUnreachable: (name, error) => expect.soft(error, name).toBeUndefined(),
      })
    } finally {
      await stack.stop()
    }
  })
}

/** Hides what is of each run its own: how long an answer took, when something was, what other states left in the list. */
async function hidePassing(page: Page, isListSeen: boolean): Promise<void> {
  // Days are not all of one width.
  await setStyle(page, 'time', 'display', 'none')
  await setStyle(page, 'article .tabular-nums > span:not(:first-child)', 'visibility', 'hidden')
  if (!isListSeen) await setStyle(page, 'nav[aria-label="Conversations"] > *', 'visibility', 'hidden')
}

async function showAgain(page: Page): Promise<void> {
  await setStyle(page, 'time', 'display', '')
  await setStyle(page, 'article .tabular-nums > span, nav[aria-label="Conversations"] > *', 'visibility', '')
}

/** By the object model: a style in the page is refused by its policy. */
async function setStyle(page: Page, selector: string, property: string, value: string): Promise<void> {
  await page.evaluate(
    ([of, name, to]) => {
      for (const element of document.querySelectorAll<HTMLElement>(of))
        element.style.setProperty(name, to, 'important')
    },
    [selector, property, value] as const,
  )
}

/** WCAG 1.4.10 and 1.4.4: at 320 px, and with letters twice as large, nothing goes beyond the page. */
async function holdNarrow(picture: string, page: Page): Promise<void> {
  const before = page.viewportSize() ?? sizes.phone
  await page.setViewportSize({ width: 320, height: before.height })
  await expect.soft
    .poll(() => widthBeyondPage(page), { message: `${picture} at 320 px`, timeout: 5_000 })
    .toEqual([])
  await page.setViewportSize(before)
  await setStyle(page, ':root', 'font-size', '200%')
  await expect.soft
    .poll(() => widthBeyondPage(page), { message: `${picture} with letters twice as large`, timeout: 5_000 })
    .toEqual([])
  await setStyle(page, ':root', 'font-size', '')
}
