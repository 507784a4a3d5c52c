import { randomUUID } from 'node:crypto'
import { expect, type Locator, type Page } from '@playwright/test'

/** A word that no other message of the run contains: how a test finds its own calls in the provider's log. */
export function uniqueWord(): string {
  return `zz${randomUUID().replaceAll('-', '').slice(0, 10)}`
}

export function composer(page: Page): Locator {
  return page.getByRole('textbox', { name: 'Message' })
}

export function stopButton(page: Page): Locator {
  return page.getByRole('button', { name: 'Stop', exact: true })
}

export function sendButton(page: Page): Locator {
  return page.getByRole('button', { name: 'Send', exact: true })
}

export function questions(page: Page): Locator {
  return page.getByRole('article', { name: 'You', exact: true })
}

export function answers(page: Page, label = 'Stoic'): Locator {
  return page.getByRole('article', { name: label, exact: true })
}

export function conversationLinks(page: Page): Locator {
  return page.getByRole('navigation', { name: 'Conversations' }).getByRole('link')
}

/** Types a message and sends it with the button. */
export async function send(page: Page, text: string): Promise<void> {
  await composer(page).fill(text)
  await sendButton(page).click()
}

/** Waits until nothing is streaming any more: the stop button is the send button again. */
export async function waitForEnd(page: Page): Promise<void> {
  await expect(sendButton(page)).toBeVisible()
  await expect(stopButton(page)).toHaveCount(0)
}

/** Sends a message and waits for the whole answer. */
export async function converse(page: Page, text: string): Promise<void> {
  const before = await page.getByRole('article').count()
  await send(page, text)
  await expect(page.getByRole('article')).toHaveCount(before + 2)
  await waitForEnd(page)
}

/** The numbered words in a text, in their order: what `numberedAnswer` streams. */
export function numberedWords(text: string): string[] {
  return text.match(/word\d+/g) ?? []
}

export async function shownWords(answer: Locator): Promise<string[]> {
  // biome-ignore lint/performance/useDomNodeTextContent: hidden details under an answer are no part of what is shown.
  return numberedWords(await answer.innerText())
}

/** `word1` to `word<count>`. */
export function expectedWords(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `word${index + 1}`)
}

export function conversationIdOf(page: Page): string {
  const id = /\/chat\/([0-9a-f-]{36})/.exec(page.url())?.[1]
  if (!id) throw new Error(`${page.url()} is not the page of a conversation`)
  return id
}

/** Chooses an option of one of the header's menus. */
export async function choose(
  page: Page,
  menu: 'Persona' | 'Intensity',
  option: string | RegExp,
): Promise<void> {
  await page.getByRole('combobox', { name: menu }).click()
  await page.getByRole('option', { name: option }).click()
}

/** Whether the end of the newest message is in view. */
export async function isAtEnd(page: Page): Promise<boolean> {
  return page
    .getByRole('article')
    .last()
    .evaluate((article) => article.getBoundingClientRect().bottom <= window.innerHeight)
}
