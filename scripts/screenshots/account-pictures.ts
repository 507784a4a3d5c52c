import type { Page } from '@playwright/test'
import type { Stage } from './chat-pictures.ts'

/** What an account has taken, and the parts of its settings that are further down. */
export const accountPictures: Record<string, (stage: Stage) => Promise<void>> = {
  async usage({ page }) {
    await page.goto('/usage')
    await page.locator('.recharts-bar-rectangle path').last().waitFor()
  },
  async 'usage-tables'({ page }) {
    await page.goto('/usage')
    await scrollTo(page, 'By model')
  },
  async 'usage-end'({ page }) {
    await page.goto('/usage')
    await scrollTo(page, 'By kind')
  },
  async 'settings-appearance'({ page }) {
    await page.goto('/settings')
    await scrollTo(page, 'New conversations')
  },
  async 'settings-token'({ page }) {
    await page.goto('/settings')
    await scrollTo(page, 'API tokens')
  },
  async 'settings-end'({ page }) {
    await page.goto('/settings')
    await scrollTo(page, 'Sessions')
  },
}

/** Brings a heading to the top, as far as the page goes. */
async function scrollTo(page: Page, name: string): Promise<void> {
  await page
    .getByRole('heading', { name, exact: true })
    .evaluate((heading) => heading.scrollIntoView({ block: 'start', behavior: 'instant' }))
}
