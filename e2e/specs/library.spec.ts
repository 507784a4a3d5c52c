import type { Page } from '@playwright/test'
import { composer, conversationLinks } from '../support/conversation-page.ts'
import { expectAccessible } from '../support/expect-accessible.ts'
import type { Person } from '../support/person.ts'
import { expect, test } from '../support/test.ts'

/** Conversations in which nothing was said yet, the last one first in the list. */
async function fill({ api, page }: Person, titles: string[]): Promise<void> {
  for (const title of titles.toReversed()) {
    const response = await api.call('POST', '/api/v1/conversations', { json: { title } })
    expect(response.status).toBe(201)
  }
  await page.goto('/')
  await expect(conversationLinks(page)).toHaveText(titles)
  // The page takes the focus there once it runs.
  await expect(composer(page)).toBeFocused()
}

const row = (page: Page, title: string) => page.getByRole('link', { name: title, exact: true })

/** Chooses from the menu of the row that has the focus, by the keyboard alone. */
async function chooseByKey(page: Page, item: string): Promise<void> {
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('menuitem', { name: item, exact: true })).toBeVisible()
  // By its first word: a space would choose.
  await page.keyboard.type(item.split(' ')[0] ?? item)
  await expect(page.getByRole('menuitem', { name: item, exact: true })).toBeFocused()
  await page.keyboard.press('Enter')
}

test('conversations are pinned, moved and deleted by the keyboard, and the focus goes to the next row', async ({
  person,
}) => {
  const { page } = person
  await fill(person, ['Alpha', 'Bravo', 'Charlie', 'Delta', 'Echo', 'Foxtrot'])

  await row(page, 'Alpha').focus()
  await page.keyboard.press('ArrowDown')
  await expect(row(page, 'Bravo')).toBeFocused()
  await chooseByKey(page, 'Pin')
  await expect(page.getByRole('list', { name: 'Pinned' }).getByRole('link')).toHaveText(['Bravo'])
  await expect(row(page, 'Charlie')).toBeFocused()

  await chooseByKey(page, 'Move to folder…')
  await expect(page.getByRole('combobox', { name: 'Folder' })).toBeFocused()
  await page.keyboard.type('Work')
  await expect(page.getByRole('option', { name: 'New folder “Work”' })).toBeVisible()
  await page.keyboard.press('Enter')
  const folder = page.getByRole('button', { name: /^Work/ })
  await expect(folder).toHaveAccessibleName('Work 1 conversation')
  const inFolder = page.getByRole('list', { name: /^Work/ }).getByRole('link')
  await expect(inFolder).toHaveText(['Charlie'])
  await expect(row(page, 'Delta')).toBeFocused()

  await row(page, 'Echo').dragTo(folder)
  await expect(folder).toHaveAccessibleName('Work 2 conversations')
  await folder.focus()
  const kept = page.waitForResponse((response) => response.request().method() === 'PATCH')
  await page.keyboard.press('ArrowLeft')
  await expect(inFolder).toHaveCount(0)
  expect((await kept).ok()).toBe(true)
  await page.reload()
  await expect(folder).toHaveAttribute('aria-expanded', 'false')
  await folder.click()
  await expect(inFolder).toHaveText(['Charlie', 'Echo'])

  await row(page, 'Delta').focus()
  await chooseByKey(page, 'Delete')
  await expect(row(page, 'Foxtrot')).toBeFocused()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(conversationLinks(page)).toHaveText(['Bravo', 'Charlie', 'Echo', 'Alpha', 'Delta', 'Foxtrot'])
})

test('a folder is given its persona by the mouse, and conversations that begin in it have that', async ({
  person,
}) => {
  const { page } = person
  await page.getByRole('button', { name: 'Options for the list' }).click()
  await page.getByRole('menuitem', { name: 'New folder…' }).click()
  await page.getByRole('textbox', { name: 'Name' }).fill('Study')
  await page.getByRole('combobox', { name: 'Persona of new conversations' }).click()
  await page.getByRole('option', { name: 'Tutor' }).click()
  await page.getByRole('button', { name: 'Make folder' }).click()
  await page.getByRole('button', { name: 'Options for the folder Study' }).click()
  await page.getByRole('menuitem', { name: 'New conversation here' }).click()
  await expect(page.getByRole('combobox', { name: 'Persona' })).toHaveText(/^Tutor/)
})

test('several are deleted at once, brought back at once, and from the trash', async ({ person }) => {
  const { page, api } = person
  const titles = ['Alpha', 'Bravo', 'Charlie', 'Delta']
  await fill(person, titles)

  await row(page, 'Alpha').hover()
  await page.getByRole('button', { name: 'Options for Alpha' }).click()
  await page.getByRole('menuitem', { name: 'Select' }).click()
  await page.getByRole('checkbox', { name: 'Charlie' }).click({ modifiers: ['Shift'] })
  await expect(page.getByRole('checkbox', { checked: true })).toHaveCount(3)
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Delete' }).click()
  await expect(conversationLinks(page)).toHaveText(['Delta'])
  await expect(row(page, 'Delta')).toBeFocused()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(conversationLinks(page)).toHaveText(titles)

  await row(page, 'Alpha').hover()
  await page.getByRole('button', { name: 'Options for Alpha' }).click()
  await page.getByRole('menuitem', { name: 'Select' }).click()
  await page.getByRole('checkbox', { name: 'Alpha' }).focus()
  await page.keyboard.press('Shift+ArrowDown')
  await expect(page.getByRole('checkbox', { checked: true })).toHaveCount(2)
  await page.keyboard.press('Escape')
  await expect(page.getByRole('checkbox')).toHaveCount(0)
  await page.getByRole('button', { name: 'Options for the list' }).click()
  await page.getByRole('menuitem', { name: 'Select conversations' }).click()
  for (const title of ['Alpha', 'Bravo']) await page.getByRole('checkbox', { name: title }).check()
  await page.getByRole('button', { name: 'Delete' }).click()
  await expect(page.getByText('In the trash for 30 days: 2 conversations').first()).toBeVisible()

  await page.getByRole('button', { name: 'Options for the list' }).click()
  await page.getByRole('menuitem', { name: 'Trash' }).click()
  const trash = page.getByRole('list', { name: 'Deleted conversations' }).getByRole('listitem')
  await expect(trash).toHaveCount(2)
  await expect(trash.first()).toContainText('30 days left')
  await expectAccessible(page)
  await trash.filter({ hasText: 'Bravo' }).getByRole('button', { name: 'Restore' }).click()
  await expect(conversationLinks(page)).toHaveText(['Bravo', 'Charlie', 'Delta'])
  await page.getByRole('button', { name: 'Empty trash…' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Empty trash' }).click()
  await expect(page.getByText('The trash is empty')).toBeVisible()
  const left = await api.call('GET', '/api/v1/conversations?deleted=true')
  expect(await left.json()).toMatchObject({ conversations: [] })
})

test('what is archived leaves the list and comes back from its page', async ({ person }) => {
  const { page } = person
  await fill(person, ['Alpha', 'Bravo'])
  await row(page, 'Alpha').click()
  await page.getByRole('button', { name: 'Options for Alpha' }).click()
  await page.getByRole('menuitem', { name: 'Archive' }).click()
  await expect(conversationLinks(page)).toHaveText(['Bravo'])
  await expect(page.getByText('This conversation is archived.')).toBeVisible()
  await page.goto('/archive')
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Move back' }).click()
  await expect(conversationLinks(page)).toHaveText(['Alpha', 'Bravo'])
  await expect(page.getByText('Nothing is archived')).toBeVisible()
})

test('what was done is said for a while, as long as somebody is at it, and the next one is said no longer for that', async ({
  person,
}) => {
  const { page } = person
  await page.clock.install()
  await fill(person, ['Alpha', 'Bravo'])
  const said = page.getByRole('region', { name: 'What was done' })
  const archive = async (title: string) => {
    await row(page, title).hover()
    await page.getByRole('button', { name: `Options for ${title}` }).click()
    await page.getByRole('menuitem', { name: 'Archive' }).click()
    await expect(said).toContainText(title)
  }
  await archive('Alpha')
  await said.hover()
  await page.clock.fastForward(13_000)
  await page.clock.fastForward(13_000)
  await said.getByRole('button', { name: 'Dismiss' }).click()
  await expect(said).toHaveCount(0)
  await archive('Bravo')
  await page.mouse.move(700, 20)
  await page.clock.fastForward(13_000)
  await expect(said).toHaveCount(0)
})
