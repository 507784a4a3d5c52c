import type { Stage } from './chat-pictures.ts'

/** Each opens a state of the search and leaves the page in it. */
export const searchPictures: Record<string, (stage: Stage) => Promise<void>> = {
  async search({ page }) {
    await page.goto('/search')
    await page.getByText('Last used').waitFor()
  },
  async 'search-found'({ page }) {
    await page.goto('/search?q=time')
    await page.locator('mark').first().waitFor()
  },
  async 'search-none'({ page }) {
    await page.goto('/search?q=xyzzy')
    await page.getByText('Nothing found').waitFor()
  },
  async 'search-filtered'({ page }) {
    await page.goto('/search?q=time&when=between&from=2026-01-01&where=archived')
    await page.getByRole('button', { name: 'Search without filters' }).waitFor()
  },
  async 'search-failed'({ page }) {
    await page.route('**/api/search?**', (route) => route.abort())
    await page.goto('/search?q=time')
    await page.getByText('The server cannot be reached').waitFor()
  },
}
