import type { Page } from '@playwright/test'
import type { Stage } from './chat-pictures.ts'

interface Listed {
  conversations: { id: string; title: string }[]
}

/** Each opens a state of the library and leaves the page in it. They come last: they move what others show. */
export const libraryPictures: Record<string, (stage: Stage) => Promise<void>> = {
  async 'archive-empty'({ page }) {
    await page.goto('/archive')
    await page.getByText('Nothing is archived').waitFor()
  },
  async 'trash-empty'({ page }) {
    await page.goto('/trash')
    await page.getByText('The trash is empty').waitFor()
  },
  async library({ page, isPhone }) {
    await page.goto('/')
    await arrange(page)
    await page.reload()
    if (isPhone) await page.getByRole('button', { name: 'Open conversations' }).click()
    await page.getByRole('list', { name: /^Work/ }).getByRole('link').first().waitFor()
  },
  async 'library-menu'({ page, isPhone }) {
    await openList(page, isPhone)
    await page.getByRole('button', { name: /^Options for the folder Work/ }).click()
    await page.getByRole('menuitem').first().waitFor()
  },
  async 'library-select'({ page, isPhone }) {
    await openList(page, isPhone)
    await page.getByRole('button', { name: 'Options for the list' }).click()
    await page.getByRole('menuitem', { name: 'Select conversations' }).click()
    for (const box of (await page.getByRole('checkbox').all()).slice(0, 2)) await box.check()
  },
  async 'library-move'({ page, isPhone }) {
    await openList(page, isPhone)
    await page
      .getByRole('button', { name: /^Options for (?!the )/ })
      .last()
      .click()
    await page.getByRole('menuitem', { name: 'Move to folder…' }).click()
    await page.getByRole('combobox', { name: 'Folder' }).fill('o')
  },
  async 'library-notice'({ page, isPhone }) {
    await openList(page, isPhone)
    await page
      .getByRole('button', { name: /^Options for (?!the )/ })
      .last()
      .click()
    await page.getByRole('menuitem', { name: 'Archive' }).click()
    await page.getByRole('button', { name: 'Undo' }).waitFor()
  },
  async 'library-failure'({ page, isPhone }) {
    await openList(page, isPhone)
    await page.route('**/api/conversations/bulk', (route) => route.abort())
    await page
      .getByRole('button', { name: /^Options for (?!the )/ })
      .last()
      .click()
    await page.getByRole('menuitem', { name: 'Delete' }).click()
    await page.getByRole('button', { name: 'Retry' }).waitFor()
  },
  async 'library-folder'({ page, isPhone }) {
    await openList(page, isPhone)
    await page.getByRole('button', { name: /^Options for the folder Work/ }).click()
    await page.getByRole('menuitem', { name: 'Edit folder…' }).click()
    await page.getByLabel('Instructions').fill('Answer in British English, and name your sources.')
  },
  async 'library-begin'({ page, isPhone }) {
    await openList(page, isPhone)
    await page.getByRole('button', { name: /^Options for the folder Work/ }).click()
    await page.getByRole('menuitem', { name: 'New conversation here' }).click()
    await page.getByText('In the folder Work').waitFor()
  },
  async archive({ page }) {
    await page.goto('/archive')
    await page.getByRole('button', { name: 'Move back' }).first().waitFor()
  },
  async trash({ page }) {
    await page.goto('/')
    const { conversations } = (await ask(page, 'GET', '/api/conversations')) as Listed
    await bulk(page, { ids: conversations.slice(-2).map(({ id }) => id), action: 'delete' })
    await page.goto('/trash')
    await page.getByRole('button', { name: 'Restore' }).first().waitFor()
  },
}

async function openList(page: Page, isPhone: boolean): Promise<void> {
  await page.goto('/')
  if (isPhone) await page.getByRole('button', { name: 'Open conversations' }).click()
  await page.getByRole('button', { name: /^Work/ }).waitFor()
}

/** Folders, one of them with a long name, one empty and one closed, and conversations that are pinned and archived. */
async function arrange(page: Page): Promise<void> {
  const { conversations } = (await ask(page, 'GET', '/api/conversations')) as Listed
  const ids = conversations.map(({ id }) => id)
  for (const [place, name] of [
    'Work',
    'The school of the painted porch, its teachers and what became of it',
    'Italian',
  ].entries()) {
    const { id } = (await ask(page, 'POST', '/api/v1/folders', { name })) as { id: string }
    if (place === 0) await bulk(page, { ids: ids.slice(1, 3), action: 'move', folderId: id })
    if (place === 1) await ask(page, 'PATCH', `/api/v1/folders/${id}`, { isOpen: false })
  }
  await bulk(page, { ids: ids.slice(3, 4), action: 'pin' })
  await bulk(page, { ids: ids.slice(-2), action: 'archive' })
}

async function bulk(page: Page, request: object): Promise<void> {
  await ask(page, 'POST', '/api/conversations/bulk', request)
}

/** As the page itself would ask it. */
function ask(page: Page, method: string, path: string, body?: object): Promise<unknown> {
  return page.evaluate(
    async ({ method, path, body }) => {
      const response = await fetch(path, {
        method,
        headers: { 'content-type': 'application/json' },
        ...(body && { body: JSON.stringify(body) }),
      })
      if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}`)
      return response.status === 204 ? null : ((await response.json()) as unknown)
    },
    { method, path, body },
  )
}
