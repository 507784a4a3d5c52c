import type { Page } from '@playwright/test'
import type { Stage } from './chat-pictures.ts'

/** What keys and fingers open. */
export const handPictures: Record<string, (stage: Stage) => Promise<void>> = {
  async palette({ page, essayPath }) {
    await openPalette(page, essayPath)
  },
  async 'palette-search'({ page, essayPath }) {
    await openPalette(page, essayPath)
    await page.keyboard.type('time')
    await page.locator('mark').first().waitFor()
  },
  async 'palette-choice'({ page, essayPath }) {
    await openPalette(page, essayPath)
    await page.keyboard.type('change persona')
    await page.keyboard.press('Enter')
    await page.getByRole('option', { name: /^Tutor/ }).waitFor()
  },
  async 'palette-nothing'({ page, essayPath }) {
    await page.route('**/api/search?*', (route) => route.abort())
    await openPalette(page, essayPath)
    await page.keyboard.type('xyzzy')
    await page.getByText('Messages were not searched').waitFor()
  },
  async keys({ page, essayPath }) {
    await openPalette(page, essayPath)
    await page.keyboard.type('keys')
    await page.keyboard.press('Enter')
    await page.getByRole('dialog', { name: 'What can be done here' }).waitFor()
  },
  async 'walked-message'({ page, essayPath }) {
    await page.goto(essayPath)
    await page.locator('pre code span').first().waitFor()
    await page.locator('#composer').press('ArrowUp')
    await page.keyboard.press('k')
  },
  async 'message-menu'({ page, essayPath }) {
    await page.goto(essayPath)
    await page.locator('pre code span').first().waitFor()
    await page.locator('#composer').press('ArrowUp')
    await page.keyboard.press('Enter')
    await page.getByRole('menuitem', { name: 'How this was made' }).waitFor()
  },
}

async function openPalette(page: Page, path: string): Promise<void> {
  await page.goto(path)
  // Nothing listens to a key before the page runs, which the colours of the code tell.
  await page.locator('pre code span').first().waitFor()
  await page.locator('#composer').press('Control+k')
  await page.getByRole('option').first().waitFor()
}
