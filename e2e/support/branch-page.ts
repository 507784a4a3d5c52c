import { expect, type Locator, type Page } from '@playwright/test'
import { type ApiClient, readTurn } from './api-client.ts'

/** Sends a message over HTTP and waits for its answer. */
export async function turn(
  api: ApiClient,
  conversationId: string | undefined,
  parentId: string | null,
  text: string,
) {
  const { response, messageId, ...sent } = await api.send(text, {
    parentId,
    ...(conversationId && { conversationId }),
  })
  const [start] = await readTurn(response)
  if (start?.frame.type !== 'start') throw new Error('The answer did not begin.')
  return { conversationId: sent.conversationId, questionId: messageId, answerId: start.frame.messageId }
}

export function editor(page: Page): Locator {
  return page.getByRole('textbox', { name: 'Edit message' })
}

export function editButton(question: Locator): Locator {
  return question.getByRole('button', { name: 'Edit' })
}

export function versions(message: Locator): Locator {
  return message.getByRole('group', { name: 'Versions' })
}

export function step(message: Locator, direction: 'Previous' | 'Next'): Locator {
  return message.getByRole('button', { name: `${direction} version` })
}

export function undoButton(page: Page): Locator {
  return page.getByRole('button', { name: 'Undo' })
}

export async function openMenu(message: Locator, name: 'Regenerate' | 'Message options'): Promise<Locator> {
  await message.getByRole('button', { name }).click()
  const menu = message.page().getByRole('menu')
  await expect(menu).toBeVisible()
  return menu
}

export async function regenerate(message: Locator, option: string): Promise<void> {
  const menu = await openMenu(message, 'Regenerate')
  await menu.getByRole('menuitem', { name: option, exact: true }).click()
}

export async function askToDelete(message: Locator): Promise<Locator> {
  const menu = await openMenu(message, 'Message options')
  await menu.getByRole('menuitem', { name: 'Delete' }).click()
  return message.page().getByRole('alertdialog')
}

export async function top(element: Locator): Promise<number> {
  return element.evaluate((node) => node.getBoundingClientRect().top)
}
