import type { Page } from '@playwright/test'
import { answers } from '#e2e/support/conversation-page.ts'
import { QUESTION, type Stage } from './chat-pictures.ts'

/** What personas are made of, next to each other, and tried. */
export const personaPictures: Record<string, (stage: Stage) => Promise<void>> = {
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
    await openTry(page)
    await page.getByRole('textbox', { name: 'Question' }).fill(QUESTION)
    await page.getByRole('button', { name: 'Ask both' }).click()
    await page.getByRole('button', { name: 'Continue with this one' }).nth(1).waitFor()
  },
  async 'personas-try'({ page }) {
    await openTry(page)
    await page.getByRole('textbox', { name: 'Question' }).fill('')
  },
  async 'personas-try-failed'({ page, stack }) {
    const question = 'Show an answer that fails for both.'
    stack.provider.stage.arrange(question, 'status code=401')
    await openTry(page)
    await page.getByRole('textbox', { name: 'Question' }).fill(question)
    await page.getByRole('button', { name: 'Ask both' }).click()
    await page.getByRole('button', { name: 'Ask again' }).nth(1).waitFor()
  },
  async 'personas-try-stopped'({ page, stack }) {
    const question = 'Show two answers that are stopped.'
    stack.provider.stage.arrange(question, 'gated gate=never tokens=60 before=40')
    await openTry(page)
    await page.getByRole('textbox', { name: 'Question' }).fill(question)
    await page.getByRole('button', { name: 'Ask both' }).click()
    await answers(page, 'Tutor').getByText('word40').waitFor()
    await page.getByRole('button', { name: 'Stop both' }).click()
    await page.getByRole('button', { name: 'Ask again' }).nth(1).waitFor()
  },
  async 'persona-missing'({ page }) {
    await page.goto('/personas/nobody')
    await page.getByRole('main').getByRole('heading').waitFor()
  },
}

/** Where two personas are tried, once the question of the picture before is back in its field. */
async function openTry(page: Page): Promise<void> {
  await page.goto('/personas/try?a=stoic&b=tutor')
  await page.locator('textarea:focus').waitFor()
}
