import type { Page } from '@playwright/test'
import { chatgptConversation } from '#e2e/support/export-fixtures.ts'
import type { Stage } from './chat-pictures.ts'

/** What comes from elsewhere, and what goes out. */
export const transferPictures: Record<string, (stage: Stage) => Promise<void>> = {
  async 'import-report'({ page }) {
    await importInto(page)
    await page.getByText('2 conversations imported, 1 skipped.').first().waitFor()
  },
  async 'import-damaged'({ page }) {
    await importInto(page, 'no export at all')
    await page.getByText('No conversations were found in this file').waitFor()
  },
  async 'import-reading'({ page }) {
    await page.route('**/api/imports/*?*', async (route) => {
      const response = await route.fetch()
      const report = await response.json()
      Object.assign(report.import, { status: 'running', progress: 0.36, counts: { imported: 412 } })
      await route.fulfill({ response, json: report })
    })
    await importInto(page)
    await page.getByText('412 conversations read so far').waitFor()
  },
  async 'import-opened'({ page }) {
    await importInto(page)
    await page.getByRole('link', { name: 'On courage' }).click()
    await page.getByRole('article', { name: 'ChatGPT' }).hover()
  },
  async print({ page, essayPath }) {
    await page.goto(`${essayPath}/print`)
    await page.getByRole('button', { name: 'Print or save as PDF' }).waitFor()
  },
}

/** Imports a file in the settings, and shows what is said of it. */
async function importInto(page: Page, damaged?: string): Promise<void> {
  const words = { question: 'What is courage?', answer: 'Endurance of the soul, *said* Laches.' }
  const titles = [
    'On courage',
    'The long walk home, what it was for, and a title that is too long for a line',
    'Empty',
  ]
  const talks = titles.map((title) => ({
    ...chatgptConversation(title, { ...words, title }),
    ...(title === 'Empty' && { mapping: {} }),
  }))
  await page.goto('/settings')
  const section = page.getByRole('region', { name: 'Import and export' })
  // What an earlier picture left is another import's.
  const forget = section.getByRole('button', { name: 'Dismiss the report' })
  if (await forget.isVisible()) await forget.click()
  const file = { name: 'chatgpt-export.json', mimeType: 'application/json' }
  const buffer = Buffer.from(damaged ?? JSON.stringify(talks))
  await section.getByLabel('Choose a file').setInputFiles({ ...file, buffer })
  await section.getByRole('heading').first().scrollIntoViewIfNeeded()
}
