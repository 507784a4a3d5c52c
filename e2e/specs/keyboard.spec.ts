import type { Locator, Page } from '@playwright/test'
import {
  answers,
  composer,
  questions,
  stopButton,
  uniqueWord,
  waitForEnd,
} from '../support/conversation-page.ts'
import { expectAccessible } from '../support/expect-accessible.ts'
import { expectFocus, expectFocusSeen } from '../support/expect-focus.ts'
import { furnish } from '../support/furnish.ts'
import { liveWords, noteLiveRegions } from '../support/live-regions.ts'
import { newCredentials, register } from '../support/person.ts'
import { expect, test } from '../support/test.ts'

function palette(page: Page) {
  return page.getByRole('dialog', { name: 'Search and do anything' })
}

/** Presses keys one after the other, and holds after each that the focus can be seen. */
async function press(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) {
    await page.keyboard.press(key)
    await expectFocusSeen(page)
  }
}

/** Goes from stop to stop until it is there. */
async function tabTo(target: Locator, key = 'Tab'): Promise<void> {
  await expect(async () => {
    await target.page().keyboard.press(key)
    await expect(target).toBeFocused({ timeout: 100 })
  }).toPass({ intervals: [0] })
}

/** Finds something in the palette by typing, and does it. */
async function choose(page: Page, query: string, line: string | RegExp): Promise<void> {
  await page.keyboard.press('Control+k')
  await expectFocus(palette(page).getByRole('combobox'))
  await page.keyboard.type(query)
  await expect(palette(page).getByRole('option').first()).toContainText(line)
  await page.keyboard.press('Enter')
}

/** Has a deletion be under way until what is returned is called. */
async function holdDeletion(page: Page): Promise<() => void> {
  const { promise: isLet, resolve } = Promise.withResolvers<void>()
  await page.route('**/api/conversations/*/messages/*', async (route) => {
    if (route.request().method() === 'DELETE') await isLet
    await route.continue()
  })
  return resolve
}

test('a whole journey by keyboard alone, with the focus in sight', async ({ page }) => {
  const credentials = newCredentials()
  await register(page, credentials)
  const field = composer(page)
  const word = uniqueWord()

  // Out and in again.
  await choose(page, 'sign out', 'Sign out')
  await expect(page.getByLabel('Email', { exact: true })).toBeVisible()
  await tabTo(page.getByLabel('Email', { exact: true }))
  await page.keyboard.type(credentials.email)
  await press(page, 'Tab')
  await page.keyboard.type(credentials.password)
  await page.keyboard.press('Enter')
  await expectFocus(field)

  // A persona, a message, and the answer stopped.
  await choose(page, 'change pers', 'Change persona')
  await page.keyboard.type('tut')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('radio', { name: /^Tutor/ })).toBeChecked()
  await expect(palette(page)).toHaveCount(0)
  await expectFocus(field)
  await page.keyboard.type(`${word} [scenario:slow tokens=2000 delay=15]`)
  await page.keyboard.press('Enter')
  await expectFocus(field)
  await expect(answers(page, 'Tutor')).toContainText('word5')
  await page.keyboard.press('Escape')
  await expect(stopButton(page)).toHaveCount(0)
  await expectFocus(field)

  // Walking the messages, and what can be done with one.
  await page.keyboard.press('ArrowUp')
  await expectFocus(answers(page, 'Tutor'))
  await page.keyboard.press('k')
  await expectFocus(questions(page))
  await page.keyboard.press('e')
  await expectFocus(page.getByRole('textbox', { name: 'Edit message' }))
  await page.keyboard.press('Control+a')
  await noteLiveRegions(page)
  await page.keyboard.type(`${word} [scenario:slow tokens=60 delay=10]`)
  await page.keyboard.press('Enter')
  await expectFocus(field)
  await waitForEnd(page)
  // Nothing was said while the answer was written, and once that it is there.
  expect(await liveWords(page)).toEqual(['Tutor has answered.'])
  await expect(answers(page, 'Tutor')).toContainText('word60')
  await press(page, 'Alt+ArrowUp', 'r')
  await waitForEnd(page)
  await expect(answers(page, 'Tutor').getByRole('group', { name: 'Versions' })).toContainText('2/2')
  await expectFocus(field)
  await press(page, 'ArrowUp', 'Enter')
  await expectFocus(page.getByRole('menuitem', { name: 'Copy', exact: true }))
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await expectFocus(answers(page, 'Tutor'))
  await page.keyboard.press('i')
  await expect(page.getByRole('dialog', { name: 'How this was made' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expectFocus(answers(page, 'Tutor'))
  await press(page, 'j')
  await expectFocus(field)

  // A message is deleted and brought back.
  await press(page, 'ArrowUp', 'Enter', 'ArrowUp')
  await expectFocus(page.getByRole('menuitem', { name: 'Delete' }))
  await page.keyboard.press('Enter')
  await expectFocus(page.getByRole('button', { name: 'Cancel' }))
  // Once it is counted what follows from it.
  const remove = page.getByRole('button', { name: 'Delete', exact: true })
  await expect(remove).toBeEnabled()
  const letGo = await holdDeletion(page)
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  // While it is under way the focus stays where it is.
  await expect(remove).toBeDisabled()
  await expectFocus(remove)
  letGo()
  const undo = page.getByRole('button', { name: 'Undo', exact: true })
  await expectFocus(undo)
  await page.keyboard.press('Enter')
  await expectFocus(answers(page, 'Tutor'))
  await press(page, 'Escape')
  await expectFocus(field)

  // Letters are letters where something is typed; elsewhere they are keys, until they are turned off.
  await page.keyboard.type('? jk /')
  await expect(field).toHaveValue('? jk /')
  await press(page, 'Control+a', 'Delete', 'ArrowUp')
  await page.keyboard.press('?')
  const help = page.getByRole('dialog', { name: 'What can be done here' })
  await expect(help).toContainText('Search and do anything')
  await expectAccessible(page)
  await page.keyboard.press('Escape')
  await expectFocus(answers(page, 'Tutor'))

  // The conversation is renamed, pinned, archived, and deleted and brought back.
  await choose(page, 'rename', 'Rename')
  await expectFocus(page.getByRole('textbox', { name: 'Title' }))
  await page.keyboard.type('On courage')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'On courage' })).toBeVisible()
  await expectFocusSeen(page)
  await choose(page, 'pin', 'Pin')
  await expect(page.getByText('Pinned: “On courage”').first()).toBeVisible()
  await expectFocusSeen(page)
  await choose(page, 'archive', 'Archive')
  await expect(page.getByText('Archived: “On courage”').first()).toBeVisible()
  await expectFocusSeen(page)
  await choose(page, 'delete', 'Delete')
  await expectFocus(field)
  await expect(page.getByRole('heading', { name: 'What are you thinking through?' })).toBeVisible()
  await tabTo(undo, 'Shift+Tab')
  await page.keyboard.press('Enter')
  await expect(undo).toHaveCount(0)
  await expectFocusSeen(page)
  await choose(page, 'on courage', 'On courage')
  await expect(page.getByRole('heading', { name: 'On courage' })).toBeVisible()
  await expectFocus(field)

  await choose(page, 'settings', 'Settings')
  await expect(page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible()
  const keysAlone = page.getByRole('group', { name: 'Keys alone' })
  await tabTo(keysAlone.getByRole('radio', { name: 'On' }))
  await page.keyboard.press('ArrowRight')
  await expect(keysAlone.getByRole('radio', { name: 'Off' })).toBeChecked()
  await expect(page.getByRole('region', { name: 'Keys' }).getByText('Saved')).toBeVisible()
  await tabTo(page.getByRole('link', { name: 'Back to your conversations' }), 'Shift+Tab')
  await page.keyboard.press('Enter')
  await expectFocus(field)
  await press(page, 'Shift+Tab')
  await page.keyboard.press('?')
  await page.keyboard.press('Control+/')
  await expect(help).toContainText('turned off in the settings')
})

test('found, moved, archived and back, restored, shared and exported: the library by keyboard alone', async ({
  account: { page, api },
}) => {
  // A long way: more than a minute where others use the processors, too.
  test.slow()
  await furnish(api)
  await page.goto('/')
  const field = composer(page)
  await expectFocus(field)

  // Searched, and opened at the message.
  await choose(page, 'search every', 'Search everything')
  await expectFocus(page.getByRole('searchbox', { name: 'Search your conversations' }))
  await page.keyboard.type('courage')
  const passage = page.getByRole('list', { name: 'Found' }).getByRole('link', { name: /^You: / })
  // The list of the whole word: what was found for its first letters is another one.
  await expect(page.getByRole('status').getByText('1 conversation', { exact: true })).toBeVisible()
  await press(page, 'ArrowDown', 'ArrowDown')
  await expectFocus(passage)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/chat\/[^/]+#/)
  await expect(questions(page)).toBeInViewport()
  await expectFocusSeen(page)

  // Moved, and archived and taken back.
  await choose(page, 'move to', 'Move to folder')
  await expectFocus(page.getByRole('combobox', { name: 'Folder' }))
  await page.keyboard.type('work')
  await page.keyboard.press('Enter')
  const inFolder = page.getByRole('list', { name: /^Work/ }).getByRole('link')
  await expect(inFolder).toHaveText(['A report', 'On courage'])
  await expectFocusSeen(page)
  await choose(page, 'archive', 'Archive')
  await expect(inFolder).toHaveText(['A report'])
  await expectFocusSeen(page)
  await tabTo(page.getByRole('button', { name: 'Undo', exact: true }), 'Shift+Tab')
  await page.keyboard.press('Enter')
  await expect(inFolder).toHaveText(['A report', 'On courage'])
  await expectFocusSeen(page)

  // Restored from the trash.
  await choose(page, 'trash', 'Trash')
  await expect(page.getByRole('heading', { name: 'Trash' })).toBeVisible()
  const restore = page.getByRole('button', { name: 'Restore: Thrown away', exact: true })
  await tabTo(restore)
  await page.keyboard.press('Enter')
  await expect(restore).toHaveCount(0)
  await expectFocus(page.getByRole('button', { name: 'Restore: Thrown away, too' }))

  // Shared, and taken along as a file.
  await choose(page, 'on courage', 'On courage')
  await expect(page.getByRole('heading', { name: 'On courage' })).toBeVisible()
  await choose(page, 'share', 'Share')
  const dialog = page.getByRole('dialog', { name: 'Share a copy' })
  await tabTo(dialog.getByRole('button', { name: 'Make another link' }))
  await page.keyboard.press('Enter')
  await tabTo(dialog.getByRole('button', { name: 'Make a link' }))
  await page.keyboard.press('Enter')
  await expect(dialog.getByRole('region', { name: /^Shared copy/ })).toHaveCount(2)
  await expectFocusSeen(page)
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
  await expectFocusSeen(page)
  const saved = page.waitForEvent('download')
  await choose(page, 'markdown', 'Export as Markdown')
  expect((await saved).suggestedFilename()).toMatch(/\.md$/)
  await expectFocusSeen(page)
})
