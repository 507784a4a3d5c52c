import type { Page } from '@playwright/test'
import { answers } from '#e2e/support/conversation-page.ts'
import type { RunningStack } from '#e2e/support/start-stack.ts'
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
    await askBoth(page, stack, QUESTION, 'essay')
    await page.getByRole('button', { name: 'Continue with this one' }).nth(1).waitFor()
  },
  async 'personas-try'({ page }) {
    await openTry(page)
    await page.getByRole('textbox', { name: 'Question' }).fill('')
  },
  async 'personas-try-failed'({ page, stack }) {
    await askBoth(page, stack, 'Show an answer that fails for both.', 'status code=401')
    await page.getByRole('button', { name: 'Ask again' }).nth(1).waitFor()
  },
  async 'personas-try-stopped'({ page, stack }) {
    const scenario = 'gated gate=never tokens=60 before=40'
    await askBoth(page, stack, 'Show two answers that are stopped.', scenario)
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

async function askBoth(page: Page, stack: RunningStack, question: string, scenario: string): Promise<void> {
  stack.provider.stage.arrange(question, scenario)
  await openTry(page)
  await page.getByRole('textbox', { name: 'Question' }).fill(question)
  await page.getByRole('button', { name: 'Ask both' }).click()
}
